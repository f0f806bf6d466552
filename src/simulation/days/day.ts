import { planNearest } from '@/domain/dispatch/nearest';
import { DispatchPolicySchema, radiusFor } from '@/domain/dispatch/policy';
import { ensured } from '@/domain/errors';
import { type GeoPoint, haversineMeters } from '@/domain/geo';
import type { City } from '@/simulation/city';
import type { Router } from '@/simulation/routing';
import { DayCourier } from './day-courier';
import { type DayOrder, factsOf, type Leg } from './day-order';
import { appetite, traffic } from './demand';
import type { EtaLedger } from './eta-ledger';
import { Kitchen } from './kitchen';
import { between, exponential } from './noise';

export type DayOptions = {
  city: City;
  router: Router;
  random: () => number;
  kitchens: number;
  couriers: number;
  /** Expected number of orders from opening to closing. */
  orders: number;
  /** Midnight of the day. */
  midnight: Date;
};

const OPENS_S = 10 * 3_600;
const CLOSES_S = 22.5 * 3_600;
/** Long enough after closing for the last order to arrive. */
const ENDS_S = 24.5 * 3_600;
const TICK_S = 5;
const ETA_EVERY_S = 10;
const ACCEPTS = 0.9;
const REACH_M = 4_000;

const policy = DispatchPolicySchema.parse({});

/** Plays one day on a virtual clock; every ETA shown goes through `ledger`. Answers how many came. */
export function playDay(options: DayOptions, ledger: EtaLedger): { delivered: number } {
  const { city, random, router, midnight } = options;
  const anyDoor = (): GeoPoint =>
    city.addresses[Math.floor(random() * city.addresses.length)]?.point ?? { lat: 0, lng: 0 };
  const kitchens = Array.from(
    { length: options.kitchens },
    (_, i) => new Kitchen(`k${i}`, anyDoor(), random),
  );
  const couriers = Array.from(
    { length: options.couriers },
    (_, i) => new DayCourier(`c${i}`, anyDoor(), random, router),
  );
  const open: DayOrder[] = [];
  let totalAppetite = 0;
  for (let at = OPENS_S; at < CLOSES_S; at += TICK_S) totalAppetite += TICK_S * appetite(at);
  let delivered = 0;
  let count = 0;
  const clock = (second: number) => new Date(midnight.getTime() + second * 1_000);

  function place(nowS: number): void {
    const kitchen = ensured(kitchens[Math.floor(random() * kitchens.length)], 'a kitchen');
    let door = anyDoor();
    while (haversineMeters(kitchen.at, door) > REACH_M) door = anyDoor();
    const tripDistanceM = haversineMeters(kitchen.at, door);
    count += 1;
    const id = `o${count}`;
    const known = { prepMinutes: kitchen.prepMinutes, tripDistanceM };
    ledger.quote(id, known, aroundQuote(kitchen), clock(nowS));
    open.push({
      ...{ id, kitchen, door, tripDistanceM, placedS: nowS, status: 'placed', leg: 'searching' },
      answersS: nowS + kitchen.answerSeconds(),
      ...{ acceptedS: 0, readyEstimateS: null, readyS: Number.POSITIVE_INFINITY },
      ...{ emptyRounds: 0, nextAttemptS: Number.POSITIVE_INFINITY, declinedBy: new Set() },
      ...{ offer: null, courier: null, legStartS: 0, legLengthM: 0, leavesS: 0 },
    });
  }

  function cook(order: DayOrder, nowS: number): void {
    if (order.status === 'placed' && nowS >= order.answersS) {
      order.status = 'preparing';
      order.acceptedS = nowS;
      order.readyEstimateS = nowS + order.kitchen.prepMinutes * 60;
      order.readyS = order.kitchen.cook(nowS);
      order.nextAttemptS = nowS;
    }
    if (order.status === 'preparing' && nowS >= order.readyS) ready(order, nowS);
  }

  function ready(order: DayOrder, nowS: number): void {
    order.status = 'ready';
    order.kitchen.remember((nowS - order.acceptedS) / 60);
  }

  function search(order: DayOrder, nowS: number): void {
    if (order.leg !== 'searching' || nowS < order.nextAttemptS) return;
    const radiusM = radiusFor(policy, order.emptyRounds);
    const candidates = couriers
      .filter(({ busy }) => !busy)
      .map((courier) => ({ courier, distanceM: haversineMeters(courier.at, order.kitchen.at) }))
      .filter(({ distanceM }) => distanceM <= radiusM)
      .map(({ courier, distanceM }) => ({
        ...{ driverId: courier.id, name: courier.id, distanceM, positionAgeSeconds: 0 },
        ...{ declined: order.declinedBy.has(courier.id), expiredThisRound: false },
      }));
    const now = clock(nowS);
    const { emptyRounds } = order;
    const plan = planNearest({ candidates, emptyRounds, policy, now, random: random() });
    if (plan.kind === 'offer') {
      const courier = couriers.find(({ id }) => id === plan.driverId);
      if (!courier) return;
      courier.busy = true;
      const decidesS = nowS + between(random, 2, 8);
      order.offer = { courier, decidesS, accepts: random() < ACCEPTS };
      order.leg = 'offered';
    } else if (plan.kind === 'wait') {
      order.emptyRounds += 1;
      order.nextAttemptS = (plan.until.getTime() - midnight.getTime()) / 1_000;
    } else {
      // A dispatcher starts the search again.
      order.emptyRounds = 0;
      order.declinedBy.clear();
      order.nextAttemptS = nowS + 120;
    }
  }

  function decide(order: DayOrder, nowS: number): void {
    const { offer } = order;
    if (order.leg !== 'offered' || !offer || nowS < offer.decidesS) return;
    order.offer = null;
    if (!offer.accepts) {
      offer.courier.busy = false;
      order.declinedBy.add(offer.courier.id);
      order.leg = 'searching';
      order.nextAttemptS = nowS;
      return;
    }
    order.courier = offer.courier;
    setOut(order, 'to_pickup', order.kitchen.at, nowS);
  }

  function setOut(order: DayOrder, leg: Leg, to: GeoPoint, nowS: number): void {
    if (!order.courier) return;
    order.leg = leg;
    order.legStartS = nowS;
    order.legLengthM = haversineMeters(order.courier.at, to);
    order.courier.setOut(to, traffic(nowS));
  }

  /** True when it has been handed over. */
  function carry(order: DayOrder, nowS: number): boolean {
    const { courier } = order;
    if (!courier) return false;
    if (order.leg === 'to_pickup' && courier.ride(TICK_S)) {
      order.leg = 'at_pickup';
      order.leavesS = Math.max(nowS, order.readyS) + 20 + exponential(random, 60);
    } else if (order.leg === 'at_pickup' && nowS >= order.leavesS) {
      if (order.status !== 'ready') ready(order, nowS);
      setOut(order, 'to_dropoff', order.door, nowS);
    } else if (order.leg === 'to_dropoff' && courier.ride(TICK_S)) {
      order.leg = 'at_dropoff';
      order.leavesS = nowS + 30 + exponential(random, 70);
    } else if (order.leg === 'at_dropoff' && nowS >= order.leavesS) {
      courier.busy = false;
      ledger.arrived(order.id, clock(nowS));
      return true;
    }
    return false;
  }

  const drivers = () => ({
    freeDrivers: couriers.filter(({ busy }) => !busy).length,
    onlineDrivers: couriers.length,
  });
  const isSearched = ({ leg, status }: DayOrder) =>
    status !== 'placed' && (leg === 'searching' || leg === 'offered');
  const aroundQuote = (kitchen: Kitchen) => ({
    kitchenAhead: open.filter((other) => other.kitchen === kitchen && other.status !== 'ready')
      .length,
    kitchenPace: kitchen.pace,
    waitingAhead: open.filter(isSearched).length,
    ...drivers(),
  });

  function lookAtEtas(nowS: number): void {
    const cooking = new Map<string, number>();
    const town = drivers();
    let waitingAhead = 0;
    for (const order of open) {
      const kitchenAhead = cooking.get(order.kitchen.id) ?? 0;
      if (order.status !== 'ready') cooking.set(order.kitchen.id, kitchenAhead + 1);
      const around = { kitchenAhead, waitingAhead, ...town };
      ledger.look(order.id, factsOf(order, nowS, clock, around));
      if (isSearched(order)) waitingAhead += 1;
    }
  }

  for (let nowS = OPENS_S; nowS < ENDS_S; nowS += TICK_S) {
    const expected = (options.orders * TICK_S * appetite(nowS)) / totalAppetite;
    if (nowS < CLOSES_S && random() < expected) place(nowS);
    for (const order of open) {
      cook(order, nowS);
      search(order, nowS);
      decide(order, nowS);
    }
    for (const order of open.filter((each) => carry(each, nowS))) {
      open.splice(open.indexOf(order), 1);
      delivered += 1;
    }
    if (nowS % ETA_EVERY_S === 0) lookAtEtas(nowS);
  }
  return { delivered };
}
