'use client';

import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { toast } from '@/components/ui/toast';
import type { OrderCard } from '@/domain/views';
import { trpc } from '@/trpc/client';
import { useHand, useSayDone } from './use-hand';

/** Gives orders to drivers, and offers the way back: to whoever had it, or to nobody. */
export function useAssign({ quiet = false, onDone = () => {} } = {}) {
  const t = useTranslations('admin.assign');
  const hand = useTranslations('handsOn');
  const itsDriver = useTranslations('admin')('itsDriver');
  const given = useRef({ number: 0, before: null as string | null });
  const sayDone = useSayDone();
  const undone = { onDone: () => toast.success(hand('undone', { number: given.current.number })) };
  const takeBack = useHand(trpc.admin.unassign.useMutation(), undone);
  const giveBack = useHand(trpc.admin.assign.useMutation(), undone);
  const assign = useHand(trpc.admin.assign.useMutation(), {
    quiet,
    onDone: ({ id: deliveryId, driverName, version: seenVersion }) => {
      const { number, before } = given.current;
      sayDone(t('done', { number, name: driverName ?? itsDriver }), () =>
        before
          ? giveBack.run({ deliveryId, seenVersion, driverId: before })
          : takeBack.run({ deliveryId, seenVersion }),
      );
      onDone();
    },
  });
  function give({ order, delivery }: OrderCard, driverId: string, seenVersion: number): void {
    if (!delivery || delivery.driverId === driverId) return;
    given.current = { number: order.number, before: delivery.driverId };
    assign.run({ deliveryId: delivery.id, driverId, seenVersion });
  }
  return { give, pending: assign.pending, refusal: assign.refusal, clear: assign.clear };
}
