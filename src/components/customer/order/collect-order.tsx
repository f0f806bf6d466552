'use client';

import { PackageCheck } from 'lucide-react';
import { useAction } from '@/components/shared/use-action';
import { Button } from '@/components/ui/button';
import { trpc } from '@/trpc/client';
import { useOrderWords } from './use-order-words';

/** The customer says that they have fetched it: the order is complete with that. */
export function CollectOrder({ orderId }: { orderId: string }) {
  const { t } = useOrderWords();
  const collect = useAction(trpc.orders.collect.useMutation());
  return (
    <Button
      variant="primary"
      size="lg"
      full
      loading={collect.pending}
      onClick={() => collect.run({ orderId })}
      className="mt-4"
    >
      <PackageCheck aria-hidden="true" />
      {t('collect')}
    </Button>
  );
}
