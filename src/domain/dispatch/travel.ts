import type { DispatchSnapshot } from './snapshot';

const UNKNOWN = -1;

/**
 * Travel times of a round by number, each asked for once: a search tries the same ways over and over. Origins are
 * the routes' drivers, then the deliveries' dropoffs, then the pickups; destinations are pickups.
 */
export class Travel<Place> {
  private readonly places: readonly Place[];
  private readonly pickups: readonly Place[];
  private readonly known: Float64Array;
  private readonly dropoffsFrom: number;
  private readonly pickupsFrom: number;
  private readonly numbers = new Map<string, number>();

  constructor(
    drivers: readonly { place: Place }[],
    deliveries: DispatchSnapshot<Place>['deliveries'],
    readonly seconds: (from: Place, to: Place) => number,
  ) {
    const pickups: Place[] = [];
    for (const { pickupId, pickup } of deliveries) {
      if (this.numbers.has(pickupId)) continue;
      this.numbers.set(pickupId, pickups.length);
      pickups.push(pickup);
    }
    this.pickups = pickups;
    this.places = [
      ...drivers.map(({ place }) => place),
      ...deliveries.map(({ dropoff }) => dropoff),
      ...pickups,
    ];
    this.dropoffsFrom = drivers.length;
    this.pickupsFrom = drivers.length + deliveries.length;
    this.known = new Float64Array(this.places.length * pickups.length).fill(UNKNOWN);
  }

  pickupOf(pickupId: string): number {
    return this.numbers.get(pickupId) ?? 0;
  }

  /** The origin of who is at the door of the n-th delivery. */
  atDoor(n: number): number {
    return this.dropoffsFrom + n;
  }

  betweenPickups(one: number, other: number): number {
    return this.toPickup(this.pickupsFrom + one, other);
  }

  toPickup(origin: number, pickup: number): number {
    const at = origin * this.pickups.length + pickup;
    const known = this.known[at] ?? UNKNOWN;
    return known === UNKNOWN ? this.ask(origin, pickup, at) : known;
  }

  private ask(origin: number, pickup: number, at: number): number {
    const from = this.places[origin];
    const to = this.pickups[pickup];
    if (from === undefined || to === undefined) return Number.POSITIVE_INFINITY;
    const seconds = this.seconds(from, to);
    this.known[at] = seconds;
    return seconds;
  }
}
