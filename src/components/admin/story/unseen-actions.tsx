'use client';

import { useTranslations } from 'next-intl';
import { useBoard } from '@/components/admin/admin-shell';
import { useAction } from '@/components/shared/use-action';
import { Button } from '@/components/ui/button';
import type { MustSeeImage } from '@/domain/must-see-image';
import { trpc } from '@/trpc/client';

/** A dispatcher who has called the kitchen says so: it climbs no further. */
export function UnseenActions({ orderId }: { orderId: string }) {
  const { view } = useBoard();
  return view.mustSees
    .filter((each) => each.orderId === orderId)
    .map((mustSee) => <KitchenKnows key={mustSee.id} mustSee={mustSee} />);
}

function KitchenKnows({ mustSee: { id, orderId, event } }: { mustSee: MustSeeImage }) {
  const t = useTranslations('kitchen.board');
  const acknowledge = useAction(trpc.kitchen.acknowledge.useMutation());
  return (
    <Button
      size="sm"
      loading={acknowledge.pending}
      onClick={() => acknowledge.run({ orderId, mustSeeId: id })}
    >
      {t(`knows.${event}`)}
    </Button>
  );
}
