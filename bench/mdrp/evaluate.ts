import { type Courier, type Instance, type Spot, travelMinutes } from './instance';
import type { DeliveredOrder, Solution } from './solution';

/** Where a courier was, from arriving to leaving. */
type Stay = { place: string; from: number; till: number };

/** Everything that a solution does which can't be done: one sentence each, none when it is feasible. */
export function violations(instance: Instance, solution: Solution): string[] {
  return new Evaluation(instance, solution).run();
}

class Evaluation {
  private readonly found: string[] = [];
  private readonly couriers: Map<string, Courier>;
  private readonly stays = new Map<string, Stay[]>();
  private readonly delivered: Map<string, DeliveredOrder>;

  constructor(
    private readonly instance: Instance,
    private readonly solution: Solution,
  ) {
    this.couriers = new Map(instance.couriers.map((courier) => [courier.id, courier]));
    this.delivered = new Map(solution.orders.map((it) => [it.order, it]));
  }

  run(): string[] {
    this.followMoves();
    this.checkOrders();
    this.checkAssignments();
    return this.found;
  }

  private expect(holds: boolean, sentence: () => string): void {
    if (!holds) this.found.push(sentence());
  }

  /** Couriers start where and when they come on duty, and are at one place after another. */
  private followMoves(): void {
    const { rules, restaurants, orders } = this.instance;
    const spots = new Map<string, Spot>([
      ...restaurants,
      ...orders.map(({ id, at }): [string, Spot] => [id, at]),
    ]);
    for (const { courier: id, leftAt, from, to } of this.solution.moves) {
      const courier = this.couriers.get(id);
      const there = spots.get(to);
      const stays = this.stays.get(id) ?? [
        { place: '0', from: courier?.onAt ?? 0, till: Number.POSITIVE_INFINITY },
      ];
      this.stays.set(id, stays);
      const last = stays.at(-1);
      if (!courier || !there || !last) {
        this.found.push(`${id} moves to ${to}: one of them is unknown`);
        continue;
      }
      this.expect(last.place === from, () => `${id} leaves ${from}, but is at ${last.place}`);
      this.expect(leftAt >= last.from, () => `${id} leaves ${from} before being there`);
      last.till = leftAt;
      const here = from === '0' ? courier.at : (spots.get(from) ?? there);
      const arrivedAt = leftAt + travelMinutes(rules, here, there);
      stays.push({ place: to, from: arrivedAt, till: Number.POSITIVE_INFINITY });
    }
  }

  private wasThere(courier: string, place: string, from: number, till: number): boolean {
    const stays = this.stays.get(courier) ?? [];
    return stays.some((stay) => stay.place === place && stay.from <= from && stay.till >= till);
  }

  private checkOrders(): void {
    const known = new Map(this.instance.orders.map((order) => [order.id, order]));
    const assigned = new Set(this.solution.assignments.flatMap(({ orders }) => orders));
    const half = this.instance.rules.dropoffServiceMinutes / 2;
    const seen = new Set<string>();
    for (const it of this.solution.orders) {
      const order = known.get(it.order);
      this.expect(!seen.has(it.order), () => `${it.order} is delivered twice`);
      seen.add(it.order);
      this.expect(assigned.has(it.order), () => `${it.order} is delivered but never assigned`);
      const told = order && [order.placedAt, order.restaurant, order.readyAt].join();
      this.expect(
        told === [it.placedAt, it.restaurant, it.readyAt].join(),
        () => `${it.order} is not what the instance says`,
      );
      this.expect(
        this.wasThere(it.courier, it.order, it.dropoffAt - half, it.dropoffAt + half),
        () => `${it.courier} is not at the door of ${it.order} around ${it.dropoffAt}`,
      );
    }
  }

  private checkAssignments(): void {
    const known = new Map(this.instance.orders.map((order) => [order.id, order]));
    const { pickupServiceMinutes, dropoffServiceMinutes } = this.instance.rules;
    const taken = new Set<string>();
    const busyTill = new Map<string, number>();
    for (const { assignedAt, pickupAt, courier: id, orders } of this.solution.assignments) {
      const half = pickupServiceMinutes / 2;
      const restaurant = known.get(orders[0] ?? '')?.restaurant ?? '';
      const offAt = this.couriers.get(id)?.offAt ?? Number.NEGATIVE_INFINITY;
      this.expect(pickupAt <= offAt, () => `${id} picks up ${orders} after the end of duty`);
      this.expect(
        this.wasThere(id, restaurant, pickupAt - half, pickupAt + half),
        () => `${id} is not at ${restaurant} around ${pickupAt}`,
      );
      this.expect(
        (this.leftFor(id, restaurant, pickupAt) ?? assignedAt) >= assignedAt,
        () => `${id} sets out for ${orders} before being assigned`,
      );
      this.expect(
        pickupAt >= (busyTill.get(id) ?? 0),
        () => `${id} picks up ${orders} before the last assignment is done`,
      );
      let last = Number.NEGATIVE_INFINITY;
      for (const orderId of orders) {
        const order = known.get(orderId);
        const drop = this.delivered.get(orderId);
        this.expect(!taken.has(orderId), () => `${orderId} is assigned twice`);
        taken.add(orderId);
        if (!order || !drop) {
          this.found.push(`${orderId} is assigned, but unknown or not delivered`);
          continue;
        }
        this.expect(
          assignedAt >= order.placedAt,
          () => `${orderId} is assigned before it is placed`,
        );
        this.expect(pickupAt >= order.readyAt, () => `${orderId} is picked up before it is ready`);
        this.expect(order.restaurant === restaurant, () => `${orderId} is not from ${restaurant}`);
        this.expect(
          drop.courier === id && drop.pickupAt === pickupAt,
          () => `${orderId} is delivered otherwise than assigned`,
        );
        this.expect(
          drop.dropoffAt >= last + dropoffServiceMinutes && drop.dropoffAt > pickupAt,
          () => `${orderId} is dropped off out of sequence`,
        );
        last = drop.dropoffAt;
      }
      busyTill.set(id, last);
    }
  }

  /** When the courier left for the restaurant where they are at `at`. */
  private leftFor(courier: string, restaurant: string, at: number): number | null {
    const stays = this.stays.get(courier) ?? [];
    const n = stays.findIndex((it) => it.place === restaurant && it.from <= at && it.till >= at);
    return stays[n - 1]?.till ?? null;
  }
}
