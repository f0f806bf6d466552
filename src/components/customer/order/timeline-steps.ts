import { Bike, ChefHat, DoorOpen, PackageCheck, Store } from 'lucide-react';
import type { TimelineStep } from '@/components/shared/timeline';
import type { Told } from './order-story';
import type { OrderWords } from './use-order-words';

type Stage = Omit<TimelineStep, 'state' | 'time'> & { at: string | null | undefined };

function stagesOf({ order, delivery }: Told, { t, format }: OrderWords): Stage[] {
  const { readyEstimateAt, timeZone } = order;
  const counter = order.fulfilment === 'pickup';
  const courier = delivery?.driverName;
  const kitchen: Stage[] = [
    { key: 'placed', title: t('timeline.placed'), at: order.placedAt, icon: Store },
    { key: 'accepted', title: t('timeline.accepted'), at: order.acceptedAt, icon: Store },
    {
      key: 'preparing',
      title: t('timeline.preparing'),
      at: order.preparingAt,
      icon: ChefHat,
      detail:
        order.status === 'preparing' && readyEstimateAt
          ? t('timeline.readyAbout', { time: format.clock(readyEstimateAt, timeZone) })
          : undefined,
    },
    {
      key: 'ready',
      title: t(counter ? 'timeline.atCounter' : 'timeline.ready'),
      at: order.readyAt,
      icon: PackageCheck,
    },
  ];
  if (counter) {
    const at = order.status === 'completed' ? order.closedAt : null;
    return [...kitchen, { key: 'fetched', title: t('timeline.fetched'), at, icon: DoorOpen }];
  }
  return [
    ...kitchen,
    {
      key: 'picked_up',
      title: courier ? t('timeline.pickedUp', { courier }) : t('timeline.pickedUpNobody'),
      at: delivery?.pickedUpAt,
      icon: Bike,
    },
    {
      key: 'at_dropoff',
      title: t('timeline.atDropoff'),
      at: delivery?.atDropoffAt,
      icon: DoorOpen,
    },
    {
      key: 'delivered',
      title: t('timeline.delivered'),
      at: delivery?.deliveredAt,
      icon: DoorOpen,
    },
  ];
}

/** The way of the order from the kitchen to the customer. */
export function timelineSteps(told: Told, words: OrderWords): TimelineStep[] {
  const { order } = told;
  const time = (at: string) => words.format.clock(at, order.timeZone);
  const stages = stagesOf(told, words);
  const ended = endOf(told, words);
  if (ended) {
    return [
      ...stages
        .filter(({ at }) => at)
        .map(({ at, ...stage }) => ({ ...stage, state: 'done' as const, time: at && time(at) })),
      {
        key: 'end',
        title: ended,
        state: 'failed',
        time: order.closedAt ? time(order.closedAt) : undefined,
      },
    ];
  }
  const last = stages.findLastIndex(({ at }) => at);
  return stages.map(({ at, ...stage }, index) => ({
    ...stage,
    time: at ? time(at) : undefined,
    state: order.status === 'completed' || index < last ? 'done' : index === last ? 'now' : 'next',
  }));
}

function endOf({ order, delivery }: Told, { t }: OrderWords): string | null {
  if (order.status === 'rejected') return t('timeline.rejected');
  if (order.status === 'expired') return t('timeline.expired');
  if (delivery?.status === 'returned') return t('timeline.returned');
  if (delivery?.status === 'failed' || delivery?.status === 'returning') {
    return t('timeline.notDelivered');
  }
  return order.status === 'cancelled' ? t('timeline.cancelled') : null;
}
