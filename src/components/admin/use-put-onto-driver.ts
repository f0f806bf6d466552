'use client';

import { useTranslations } from 'next-intl';
import { useAction } from '@/components/shared/use-action';
import { toast } from '@/components/ui/toast';
import type { OrderCard } from '@/domain/views';
import { trpc } from '@/trpc/client';
import { firstName } from './first-name';

/** Gives an order to the driver it was dragged onto; a press takes that back. */
export function usePutOntoDriver(): (card: OrderCard, driverId: string) => void {
  const t = useTranslations('board.put');
  const itsDriver = useTranslations('admin')('itsDriver');
  const takeBack = useAction(trpc.admin.unassign.useMutation());
  const giveBack = useAction(trpc.admin.assign.useMutation());
  const assign = useAction(trpc.admin.assign.useMutation(), {
    onDone: ({ driverName }, { deliveryId, driverId, expectedDriverId: before }) => {
      toast.success(t('done', { name: driverName ? firstName(driverName) : itsDriver }), {
        action: {
          label: t('undo'),
          onClick: () =>
            before
              ? giveBack.run({ deliveryId, driverId: before, expectedDriverId: driverId })
              : takeBack.run({ deliveryId }),
        },
      });
    },
  });
  return ({ delivery }, driverId) => {
    if (!delivery || delivery.driverId === driverId) return;
    assign.run({ deliveryId: delivery.id, driverId, expectedDriverId: delivery.driverId });
  };
}
