import type { DispatchDriver } from '@/domain/dispatch/snapshot';
import type { Vehicle } from '@/domain/driver';
import { ensured } from '@/domain/errors';
import type { GeoPoint } from '@/domain/geo';
import type { StoryDriver } from './story';

/** Refusals are judged by at least this many offers. */
const FEW_OFFERS = 5;

/** The last point of a way until `moment`, by halving: a day has thousands. The first, if all are later. */
function latestBy(track: StoryDriver['track'], moment: number): StoryDriver['track'][number] {
  let [known, later] = [0, track.length];
  while (later - known > 1) {
    const middle = (known + later) >>> 1;
    if ((track[middle]?.seconds ?? moment) <= moment) known = middle;
    else later = middle;
  }
  return ensured(track[known], 'a place of each driver');
}

/** A driver of a replay: on duty as they were, elsewhere as soon as they have carried something here. */
export class FleetDriver {
  freeAt = 0;
  pending = 0;
  readonly answers = { yes: 0, no: 0 };
  #place: GeoPoint | null = null;
  #handovers: number[] = [];

  constructor(private readonly driver: StoryDriver) {}

  get id(): string {
    return this.driver.id;
  }

  get vehicle(): Vehicle {
    return this.driver.vehicle;
  }

  isOnDuty(now: number): boolean {
    return this.driver.shifts.some(({ from, to }) => from <= now && now < to);
  }

  /** Where they are, or where what they carry will have taken them; before, where they really were. */
  placeAt(now: number): GeoPoint {
    if (this.#place) return this.#place;
    const { track, firstJobAt } = this.driver;
    return latestBy(track, Math.min(now, firstJobAt)).at;
  }

  /** What they have accepted and not yet handed over. */
  loadAt(now: number): number {
    this.#handovers = this.#handovers.filter((at) => at > now);
    return this.#handovers.length;
  }

  hasRoomAt(now: number): boolean {
    return this.pending === 0 && this.loadAt(now) < this.driver.capacity;
  }

  takes(handovers: readonly number[], freeAt: number, place: GeoPoint): void {
    this.#handovers.push(...handovers);
    this.freeAt = freeAt;
    this.#place = place;
  }

  /** As the batch planner sees them. */
  seenAt(now: number): DispatchDriver<GeoPoint> {
    const { yes, no } = this.answers;
    const since = this.driver.shifts.find(({ from, to }) => from <= now && now < to)?.from ?? now;
    return {
      ...{ id: this.id, place: this.placeAt(now), freeAt: Math.max(now, this.freeAt), offAt: null },
      ...{ positionAgeSeconds: 0, load: this.loadAt(now), pendingOffers: this.pending },
      refusalShare: no / Math.max(FEW_OFFERS, yes + no),
      idleSince: this.freeAt > now ? null : Math.max(since, this.freeAt),
    };
  }
}

export class Fleet {
  readonly #drivers: FleetDriver[];
  readonly #byId: Map<string, FleetDriver>;
  /** When shifts begin, in order. */
  readonly #begins: number[];
  #seen = 0;

  constructor(drivers: readonly StoryDriver[]) {
    this.#drivers = drivers.map((driver) => new FleetDriver(driver));
    this.#byId = new Map(this.#drivers.map((driver) => [driver.id, driver]));
    this.#begins = drivers
      .flatMap(({ shifts }) => shifts.map(({ from }) => from))
      .sort((a, b) => a - b);
  }

  driver(id: string): FleetDriver {
    return ensured(this.#byId.get(id), 'a driver of the story');
  }

  onDuty(now: number): FleetDriver[] {
    return this.#drivers.filter((driver) => driver.isOnDuty(now));
  }

  free(now: number): FleetDriver[] {
    return this.#drivers.filter((driver) => driver.isOnDuty(now) && driver.hasRoomAt(now));
  }

  nextShiftAfter(from: number): number {
    return this.#begins.find((at) => at >= from) ?? Number.POSITIVE_INFINITY;
  }

  /** Whether somebody has come on duty since this was asked last. */
  cameOnDuty(now: number): boolean {
    const count = this.#begins.filter((at) => at <= now).length;
    const came = count > this.#seen;
    this.#seen = count;
    return came;
  }

  /** Metres a second, over the fleet. */
  meanPace(paceOf: (vehicle: Vehicle) => number): number {
    const sum = this.#drivers.reduce((total, { vehicle }) => total + paceOf(vehicle), 0);
    return this.#drivers.length === 0 ? paceOf('bike') : sum / this.#drivers.length;
  }
}
