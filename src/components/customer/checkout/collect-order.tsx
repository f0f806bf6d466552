'use client';

import { ShoppingBag } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useAction } from '@/components/shared/use-action';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { trpc } from '@/trpc/client';

type CollectOrderProps = { orderId: string; pin: string | null; address: string };

/** What waits at the counter: where, with which PIN, and the button that says it is fetched. */
export function CollectOrder({ orderId, pin, address }: CollectOrderProps) {
  const t = useTranslations('checkout.collect');
  const collect = useAction(trpc.orders.collect.useMutation());
  return (
    <Card className="mt-5 flex flex-col gap-3 p-4">
      <p className="text-sm">{t('waits', { address })}</p>
      {pin && (
        <p className="text-sm">
          {t('pin')} <strong className="numerals heading text-lg tracking-widest">{pin}</strong>
        </p>
      )}
      <Button
        variant="primary"
        size="lg"
        loading={collect.pending}
        onClick={() => collect.run({ orderId })}
      >
        <ShoppingBag aria-hidden="true" />
        {t('done')}
      </Button>
    </Card>
  );
}
