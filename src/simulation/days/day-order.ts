import { type EtaFacts, observedPace, usualPace } from '@/domain/eta';
import { type GeoPoint, haversineMeters } from '@/domain/geo';
import type { OrderStatus } from '@/domain/order';
import type { DayCourier } from './day-courier';
import type { Kitchen } from './kitchen';

export type Leg = 'searching' | 'offered' | 'to_pickup' | 'at_pickup' | 'to_dropoff' | 'at_dropoff';

export type DayOrder = {
  id: string;
  kitchen: Kitchen;
  door: GeoPoint;
  tripDistanceM: number;
  placedS: number;
  answersS: number;
  status: OrderStatus;
  acceptedS: number;
  readyEstimateS: number | null;
  readyS: number;
  leg: Leg;
  emptyRounds: number;
  nextAttemptS: number;
  declinedBy: Set<string>;
  offer: { courier: DayCourier; decidesS: number; accepts: boolean } | null;
  courier: DayCourier | null;
  legStartS: number;
  legLengthM: number;
  leavesS: number;
};

type Around = Pick<EtaFacts, 'kitchenAhead' | 'waitingAhead' | 'freeDrivers' | 'onlineDrivers'>;

const STATUS_OF = {
  searching: 'unassigned',
  offered: 'offering',
  to_pickup: 'assigned',
  at_pickup: 'at_pickup',
  to_dropoff: 'picked_up',
  at_dropoff: 'at_dropoff',
} as const;

/** What the platform can know about an order: nothing of what only the world knows. */
export function factsOf(
  order: DayOrder,
  nowS: number,
  clock: (second: number) => Date,
  around: Around,
): EtaFacts {
  const { courier, legLengthM: lengthM } = order;
  const target = order.leg === 'to_dropoff' ? order.door : order.kitchen.at;
  const remainingM = courier ? haversineMeters(courier.at, target) : 0;
  const elapsedS = courier ? nowS - order.legStartS : 0;
  return {
    now: clock(nowS),
    order: {
      status: order.status,
      fulfilment: 'delivery',
      readyEstimateAt:
        order.readyEstimateS === null ? null : clock(order.readyEstimateS).toISOString(),
      prepMinutes: order.kitchen.prepMinutes,
      slotFrom: null,
    },
    delivery: order.status === 'placed' ? null : { status: STATUS_OF[order.leg] },
    tripDistanceM: order.tripDistanceM,
    courier: courier && {
      distanceM: remainingM,
      paceMps: observedPace(courier.vehicle, { lengthM, remainingM, elapsedS }),
      usualMps: usualPace(courier.vehicle),
    },
    legMinutes: elapsedS / 60,
    kitchenPace: order.kitchen.pace,
    ...around,
  };
}
