import type { DispatchSnapshot, OpenDelivery, Services } from '@/domain/dispatch/snapshot';
import { ensured } from '@/domain/errors';
import { Demand } from '@/domain/replay/demand';
import { rideTrip } from '@/domain/replay/trip';
import {
  type Courier,
  type Instance,
  type MealOrder,
  metres,
  type Spot,
  travelMinutes,
} from './instance';

/** What a planner may say in a round. */
export type Offer = { driverId: string; deliveryIds: readonly string[] };
export type Round = { offers: readonly Offer[]; givenUp: readonly string[] };
export type Planner = (snapshot: DispatchSnapshot<Spot>, now: number) => Round;

/** One courier's trip. Times in minutes of the day. */
export type Trip = {
  courier: string;
  assignedAt: number;
  leftAt: number;
  /** An order's door, or 0 for where the courier came on duty. */
  from: string;
  restaurant: string;
  arrivedAt: number;
  pickedUpAt: number;
  drops: { order: string; leftAt: number; droppedAt: number }[];
};

/** What planning took, round by round: on the clock, and of a core (other work makes the clock run on). */
export type Played = { trips: Trip[]; roundMs: number[]; roundCpuMs: number[] };

export type Habits = {
  /** How often an offer is accepted, 0 to 1. */
  acceptance: number;
  /** Time to answer, seconds; 0: everybody answers at once. */
  offerSeconds: number;
  roundSeconds: number;
  random: () => number;
};

type CourierState = {
  courier: Courier;
  place: Spot;
  placeId: string;
  freeAt: number;
  asked: { offer: Offer; answerAt: number; accepts: boolean } | null;
  answers: { yes: number; no: number };
};
type OrderState = { order: MealOrder; state: 'open' | 'asked' | 'over'; declinedBy: Set<string> };

/** Refusals are judged by at least this many offers. */
const FEW_OFFERS = 5;

/** Plays a day: shows the planner what is known, round by round, and lets couriers do what it says. */
export class World {
  private readonly trips: Trip[] = [];
  private readonly couriers: Map<string, CourierState>;
  private readonly orders: Map<string, OrderState>;
  private readonly toCome: OrderState[];
  private readonly demand: Demand<Spot>;
  private readonly services: Services;

  constructor(
    private readonly instance: Instance,
    private readonly habits: Habits,
  ) {
    const { couriers, orders, restaurants, rules } = instance;
    this.couriers = new Map(
      couriers.map((courier) => [
        courier.id,
        {
          ...{ courier, place: courier.at, placeId: '0', freeAt: courier.onAt * 60 },
          ...{ asked: null, answers: { yes: 0, no: 0 } },
        },
      ]),
    );
    this.orders = new Map(
      orders.map((order) => [order.id, { order, state: 'open', declinedBy: new Set() }]),
    );
    this.toCome = [...this.orders.values()].sort((a, b) => b.order.placedAt - a.order.placedAt);
    this.demand = new Demand(restaurants);
    const [pickup, dropoff] = [rules.pickupServiceMinutes * 30, rules.dropoffServiceMinutes * 30];
    this.services = {
      ...{ beforePickup: pickup, afterPickup: pickup },
      ...{ beforeDropoff: dropoff, afterDropoff: dropoff },
    };
  }

  play(planner: Planner): Played {
    const { roundSeconds } = this.habits;
    const roundMs: number[] = [];
    const roundCpuMs: number[] = [];
    const first = this.toCome.at(-1)?.order.placedAt ?? 0;
    const lastOff = Math.max(0, ...this.instance.couriers.map(({ offAt }) => offAt * 60));
    let open: OrderState[] = [];
    for (let now = first * 60; now <= lastOff; now += roundSeconds) {
      this.hearAnswers(now);
      open = [...open.filter(({ state }) => state !== 'over'), ...this.placedBy(now)];
      const waiting = open.filter(({ state }) => state === 'open');
      if (waiting.length === 0) continue;
      const snapshot = this.snapshot(waiting, now);
      const startedAt = performance.now();
      const cpuBefore = process.cpuUsage();
      const { offers, givenUp } = planner(snapshot, now);
      roundMs.push(performance.now() - startedAt);
      const { user, system } = process.cpuUsage(cpuBefore);
      roundCpuMs.push((user + system) / 1_000);
      for (const offer of offers) this.ask(offer, now);
      for (const id of givenUp) this.order(id).state = 'over';
    }
    return { trips: this.trips, roundMs, roundCpuMs };
  }

  private placedBy(now: number): OrderState[] {
    const placed: OrderState[] = [];
    for (let next = this.toCome.at(-1); next && next.order.placedAt * 60 <= now; ) {
      placed.push(next);
      this.demand.placed(next.order.restaurant);
      this.toCome.pop();
      next = this.toCome.at(-1);
    }
    return placed;
  }

  private snapshot(waiting: readonly OrderState[], now: number): DispatchSnapshot<Spot> {
    const { rules } = this.instance;
    const deliveries = waiting.map(
      ({ order, declinedBy }): OpenDelivery<Spot> => ({
        ...{ id: order.id, pickupId: order.restaurant, pickup: this.restaurant(order.restaurant) },
        ...{ dropoff: order.at, placedAt: order.placedAt * 60, readyAt: order.readyAt * 60 },
        ...{ emptyRounds: 0, declinedBy, unansweredBy: new Set() },
      }),
    );
    const drivers = [...this.couriers.values()].map(
      ({ courier, place, freeAt, asked, answers }) => ({
        ...{ id: courier.id, place, freeAt, offAt: courier.offAt * 60, positionAgeSeconds: 0 },
        ...{ load: freeAt > now ? 1 : 0, pendingOffers: asked ? 1 : 0 },
        refusalShare: answers.no / Math.max(FEW_OFFERS, answers.yes + answers.no),
        idleSince: freeAt <= now ? freeAt : null,
      }),
    );
    return {
      ...{ deliveries, drivers, demand: this.demand.expect(now), services: this.services },
      travelSeconds: (from, to) => travelMinutes(rules, from, to) * 60,
      distanceM: metres,
    };
  }

  private restaurant(id: string): Spot {
    return ensured(this.instance.restaurants.get(id), 'a restaurant that was read');
  }

  private order(id: string): OrderState {
    return ensured(this.orders.get(id), 'an order of the snapshot');
  }

  private ask(offer: Offer, now: number): void {
    const courier = ensured(this.couriers.get(offer.driverId), 'a courier of the snapshot');
    const { acceptance, offerSeconds, random } = this.habits;
    if (offerSeconds === 0) {
      this.carryOut(courier, offer, now);
      return;
    }
    const accepts = random() < acceptance;
    // Half of those who do not want it let it run out.
    const silent = !accepts && random() < 0.5;
    const answerAt = now + (silent ? offerSeconds : Math.ceil(random() * offerSeconds));
    courier.asked = { offer, answerAt, accepts };
    for (const id of offer.deliveryIds) this.order(id).state = 'asked';
  }

  private hearAnswers(now: number): void {
    for (const state of this.couriers.values()) {
      if (!state.asked || state.asked.answerAt > now) continue;
      const { offer, answerAt, accepts } = state.asked;
      state.asked = null;
      state.answers[accepts ? 'yes' : 'no'] += 1;
      if (accepts && this.carryOut(state, offer, answerAt)) continue;
      for (const id of offer.deliveryIds) {
        const order = this.order(id);
        order.state = 'open';
        order.declinedBy.add(state.courier.id);
      }
    }
  }

  /** Lets a courier do what they said yes to; false when their duty ends before the pickup. */
  private carryOut(state: CourierState, offer: Offer, now: number): boolean {
    const { rules } = this.instance;
    const orders = offer.deliveryIds.map((id) => this.order(id));
    const { restaurant } = ensured(orders[0], 'a bundle of at least one').order;
    const leftAt = Math.max(state.freeAt, now);
    const { arrivedAt, pickedUpAt, drops, freeAt } = rideTrip<Spot>({
      ...{ leftAt, from: state.place, pickup: this.restaurant(restaurant) },
      ...{ services: this.services, travelSeconds: (a, b) => travelMinutes(rules, a, b) * 60 },
      stops: orders.map(({ order: { id, at, readyAt } }) => ({
        ...{ id, place: at, readyAt: readyAt * 60 },
      })),
    });
    if (pickedUpAt / 60 > state.courier.offAt) return false;
    for (const it of orders) it.state = 'over';
    this.trips.push({
      ...{ courier: state.courier.id, assignedAt: now / 60, leftAt: leftAt / 60 },
      ...{ from: state.placeId, restaurant },
      ...{ arrivedAt: arrivedAt / 60, pickedUpAt: pickedUpAt / 60 },
      drops: drops.map(({ id, leftAt: left, droppedAt }) => ({
        ...{ order: id, leftAt: left / 60, droppedAt: droppedAt / 60 },
      })),
    });
    const last = ensured(orders.at(-1), 'a bundle of at least one').order;
    Object.assign(state, { place: last.at, placeId: last.id, freeAt });
    return true;
  }
}
