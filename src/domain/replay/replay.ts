import { planBatch, planOf } from '@/domain/dispatch/batch';
import { planBroadcast } from '@/domain/dispatch/broadcast';
import { type Candidate, planNearest } from '@/domain/dispatch/nearest';
import { radiusFor } from '@/domain/dispatch/policy';
import type { DispatchSnapshot } from '@/domain/dispatch/snapshot';
import type { Plan } from '@/domain/dispatch/take-up';
import type { ZonePolicy } from '@/domain/dispatch/zone-policy';
import { ensured } from '@/domain/errors';
import { type GeoPoint, haversineMeters } from '@/domain/geo';
import { seededRandom } from '@/domain/random';
import { Answers } from './answers';
import { Demand } from './demand';
import { Fleet, type FleetDriver } from './fleet';
import { type Outcome, pairOf, type Run, type Story, type StoryOrder } from './story';
import { rideTrip } from './trip';

type Search = {
  order: StoryOrder;
  state: 'waiting' | 'asked' | 'over';
  dueAt: number;
  emptyRounds: number;
  declinedBy: Set<string>;
  /** In this round of the search. */
  unansweredBy: Set<string>;
  outcome: Outcome;
};

type Offer = {
  driverIds: readonly string[];
  searches: readonly Search[];
  expiresAt: number;
  about: object;
};

/** What is still under way so long after the stretch is left as it is, seconds. */
const AFTERWARDS = 3 * 3_600;
/** Two things at one moment are a step apart, seconds: every step ends. */
const TICK = 0.001;

/**
 * Runs a recorded stretch again under a policy, on a clock of its own: the orders come as they came and
 * get ready as they did, drivers are on duty as they were, streets are as fast, and whoever is asked
 * answers as they did, or as people did on the whole; the same pure planners decide as in the platform.
 * `reached` is told how far the clock has come, seconds since 1970.
 */
export function replay(
  story: Story,
  policy: ZonePolicy,
  { seed = 7, reached = () => undefined }: { seed?: number; reached?: (now: number) => void } = {},
): Run {
  return new Replay(story, policy, seed).run(reached);
}

class Replay {
  readonly #searches: Search[] = [];
  readonly #fleet: Fleet;
  readonly #answers: Answers<Offer>;
  readonly #demand: Demand<GeoPoint>;
  readonly #random: () => number;
  readonly #coming: StoryOrder[];
  #open: Search[] = [];
  #nextRoundAt = 0;
  #plan: Plan | undefined;

  constructor(
    private readonly story: Story,
    private readonly policy: ZonePolicy,
    seed: number,
  ) {
    this.#fleet = new Fleet(story.drivers);
    this.#answers = new Answers(story.habits, seed);
    this.#random = seededRandom(seed);
    const restaurants = story.orders.map(
      ({ restaurantId, pickup }) => [restaurantId, pickup] as const,
    );
    this.#demand = new Demand(new Map(restaurants), story.from);
    this.#coming = [...story.orders].sort((a, b) => b.searchAt - a.searchAt);
  }

  run(reached: (now: number) => void): Run {
    const end = this.story.to + AFTERWARDS;
    for (let now = this.#next(this.story.from); now <= end; now = this.#next(now + TICK)) {
      reached(now);
      this.#begin(now);
      this.#hear(now);
      if (this.#fleet.cameOnDuty(now)) this.#hurry(now);
      this.#open = this.#open.filter(({ state }) => state !== 'over');
      if (this.policy.kind === 'batch') this.#planTogether(now);
      else this.#planEach(now);
    }
    const { made, refused } = this.#answers;
    return { outcomes: this.#searches.map(({ outcome }) => outcome), offers: made, refused };
  }

  /** When something happens next, not before `from`; never, when all is over. */
  #next(from: number): number {
    const waiting = this.#open.filter(({ state }) => state === 'waiting');
    const due =
      this.policy.kind === 'batch'
        ? waiting.length > 0
          ? this.#nextRoundAt
          : Number.POSITIVE_INFINITY
        : Math.min(...waiting.map(({ dueAt }) => dueAt));
    const comes = this.#coming.at(-1)?.searchAt ?? Number.POSITIVE_INFINITY;
    const shift = waiting.length > 0 ? this.#fleet.nextShiftAfter(from) : Number.POSITIVE_INFINITY;
    return Math.max(from, Math.min(due, comes, shift, this.#answers.nextAt()));
  }

  #begin(now: number): void {
    for (let next = this.#coming.at(-1); next && next.searchAt <= now; next = this.#coming.at(-1)) {
      this.#coming.pop();
      this.#demand.placed(next.restaurantId);
      const search: Search = {
        ...{ order: next, state: 'waiting', dueAt: now, emptyRounds: 0 },
        ...{ declinedBy: new Set(), unansweredBy: new Set() },
        outcome: {
          ...{ order: next, driverId: null, assignedAt: null, arrivedAt: null },
          ...{ pickedUpAt: null, deliveredAt: null, distanceM: null },
        },
      };
      this.#searches.push(search);
      this.#open.push(search);
    }
  }

  #hear(now: number): void {
    for (const { offer, driverId, answer, at } of this.#answers.heardBy(now)) {
      const driver = this.#fleet.driver(driverId);
      driver.pending -= 1;
      if (answer !== 'withdrawn') driver.answers[answer === 'yes' ? 'yes' : 'no'] += 1;
      if (answer === 'yes') this.#take(driver, offer.searches, at);
      if (answer !== 'no' && answer !== 'nothing') continue;
      for (const search of offer.searches) {
        if (answer === 'no') search.declinedBy.add(driverId);
        else search.unansweredBy.add(driverId);
        const thinking = this.#answers.askedAbout(offer.about).size > 0;
        // *broadcast* asks the next one at once, the others wait for everybody's answer.
        if (thinking && this.policy.kind !== 'broadcast') continue;
        search.state = 'waiting';
        search.dueAt = now;
      }
    }
  }

  /** Somebody has come on duty: who waits is looked at again now. */
  #hurry(now: number): void {
    for (const search of this.#open) if (search.state === 'waiting') search.dueAt = now;
  }

  #planEach(now: number): void {
    const { policy } = this;
    for (const search of this.#open) {
      if (search.state !== 'waiting' || search.dueAt > now) continue;
      const { order, emptyRounds, declinedBy, unansweredBy } = search;
      const candidates = this.#fleet
        .free(now)
        .map((driver) => ({
          ...{ driverId: driver.id, name: driver.id, positionAgeSeconds: 0 },
          distanceM: haversineMeters(driver.placeAt(now), order.pickup),
          declined: declinedBy.has(driver.id),
          expiredThisRound: unansweredBy.has(driver.id),
        }))
        .filter(({ distanceM }) => distanceM <= radiusFor(policy, emptyRounds))
        .sort((a, b) => a.distanceM - b.distanceM)
        .slice(0, policy.candidates);
      const decision = this.#decide(search, candidates, now);
      if (decision.kind === 'offer') {
        const expiresAt = decision.expiresAt.getTime() / 1_000;
        const driverIds = 'driverIds' in decision ? decision.driverIds : [decision.driverId];
        this.#ask({ driverIds, searches: [search], expiresAt, about: search }, now);
      } else if (decision.kind === 'hold') {
        search.state = 'asked';
      } else if (decision.kind === 'wait') {
        this.#nobody(search, decision.until.getTime() / 1_000);
      } else {
        search.state = 'over';
      }
    }
  }

  #decide(search: Search, candidates: readonly Candidate[], now: number) {
    const { policy } = this;
    const { emptyRounds } = search;
    const moment = { now: new Date(now * 1_000), random: this.#random() };
    return policy.kind === 'broadcast'
      ? planBroadcast({
          ...{ emptyRounds, candidates, policy, ...moment },
          askedNow: this.#answers.askedAbout(search),
        })
      : planNearest({ emptyRounds, candidates, policy, ...moment });
  }

  #planTogether(now: number): void {
    const { policy } = this;
    if (policy.kind !== 'batch' || now < this.#nextRoundAt) return;
    this.#nextRoundAt = now + policy.windowSeconds;
    const due = this.#open.filter(({ state, dueAt }) => state === 'waiting' && dueAt <= now);
    if (due.length === 0) return;
    const byId = new Map(due.map((search) => [search.order.deliveryId, search]));
    const snapshot = this.#snapshot(due, now);
    const moment = { now, random: this.#random(), before: this.#plan };
    const decisions = planBatch({ snapshot, policy, ...moment });
    this.#plan = planOf(decisions);
    for (const decision of decisions) {
      if (decision.kind === 'offer') {
        const searches = decision.deliveryIds.flatMap((id) => byId.get(id) ?? []);
        const driverIds = [decision.driverId, ...decision.alsoAsk];
        this.#ask({ driverIds, searches, expiresAt: decision.expiresAt, about: searches }, now);
        continue;
      }
      const search = ensured(byId.get(decision.deliveryId), 'a delivery of the snapshot');
      if (decision.kind === 'wait') this.#nobody(search, decision.until);
      if (decision.kind === 'give_up') search.state = 'over';
    }
  }

  #snapshot(due: readonly Search[], now: number): DispatchSnapshot<GeoPoint> {
    const { habits } = this.story;
    const pace = this.#fleet.meanPace(habits.paceOf);
    return {
      deliveries: due.map(({ order, emptyRounds, declinedBy, unansweredBy }) => ({
        ...{ id: order.deliveryId, pickupId: order.restaurantId, pickup: order.pickup },
        ...{
          dropoff: order.dropoff,
          placedAt: order.placedAt,
          emptyRounds,
          declinedBy,
          unansweredBy,
        },
        // What is known of it now: ready, or when it was said to be, which may be over.
        readyAt: order.readyAt <= now ? order.readyAt : Math.max(now, order.readyEstimateAt),
      })),
      drivers: this.#fleet.onDuty(now).map((driver) => driver.seenAt(now)),
      demand: this.#demand.expect(now),
      services: habits.services,
      travelSeconds: (from, to) => haversineMeters(from, to) / pace,
      distanceM: haversineMeters,
    };
  }

  #nobody(search: Search, until: number): void {
    search.emptyRounds += 1;
    search.unansweredBy.clear();
    search.dueAt = until;
  }

  #ask(offer: Offer, now: number): void {
    for (const search of offer.searches) search.state = 'asked';
    for (const driverId of offer.driverIds) this.#fleet.driver(driverId).pending += 1;
    const first = ensured(offer.searches[0], 'an offer of at least one delivery');
    this.#answers.ask(offer, now, (driverId) => pairOf(driverId, first.order.deliveryId));
  }

  #take(driver: FleetDriver, searches: readonly Search[], at: number): void {
    const { habits } = this.story;
    const { pickup } = ensured(searches[0], 'an offer of at least one delivery').order;
    const pace = habits.paceOf(driver.vehicle);
    const leftAt = Math.max(at, driver.freeAt);
    const from = driver.placeAt(leftAt);
    const { arrivedAt, pickedUpAt, drops, freeAt } = rideTrip({
      ...{ leftAt, from, pickup, services: habits.services },
      travelSeconds: (a, b) => haversineMeters(a, b) / pace,
      stops: searches.map(({ order }) => ({
        ...{ id: order.deliveryId, place: order.dropoff, readyAt: order.readyAt },
      })),
    });
    let place = from;
    for (const [n, search] of searches.entries()) {
      const { order, outcome } = search;
      const deliveredAt = ensured(drops[n], 'a drop for each delivery').droppedAt;
      const approachM = n === 0 ? haversineMeters(place, pickup) : 0;
      const way = haversineMeters(n === 0 ? pickup : place, order.dropoff);
      place = order.dropoff;
      search.state = 'over';
      Object.assign(outcome, {
        ...{ driverId: driver.id, assignedAt: at, arrivedAt, pickedUpAt, deliveredAt },
        distanceM: approachM + way,
      });
    }
    driver.takes(
      drops.map(({ droppedAt }) => droppedAt),
      freeAt,
      place,
    );
  }
}
