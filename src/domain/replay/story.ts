import type { Services } from '@/domain/dispatch/snapshot';
import { type DriverImage, VEHICLES, type Vehicle } from '@/domain/driver';
import { usualPace } from '@/domain/eta';
import type { LogEvent } from '@/domain/events';
import { type GeoPoint, haversineMeters } from '@/domain/geo';
import { groupBy } from '@/domain/group-by';
import type { OfferImage } from '@/domain/offer';
import { median } from './statistics';

/** A stretch of the log, as it was read. Times in seconds since 1970. */
export type Recording = {
  from: number;
  to: number;
  /** Of the orders whose search began in the stretch, to their ends, and of the drivers from `from` on. */
  events: readonly Pick<LogEvent, 'streamId' | 'stream' | 'type' | 'data' | 'at'>[];
  /** Drivers as they were at `from`. */
  driversBefore: readonly DriverImage[];
  positions: readonly { driverId: string; at: GeoPoint; seconds: number }[];
};

export type StoryOrder = {
  deliveryId: string;
  restaurantId: string;
  pickup: GeoPoint;
  dropoff: GeoPoint;
  placedAt: number;
  /** When a driver is looked for, from then on. */
  searchAt: number;
  /** When it was said that it would be ready, and when it was. */
  readyEstimateAt: number;
  readyAt: number;
  promisedTo: number;
};

export type StoryDriver = {
  id: string;
  vehicle: Vehicle;
  capacity: number;
  /** On duty, in order. */
  shifts: readonly { from: number; to: number }[];
  /** Where they were when, in order; at least one place. */
  track: readonly { at: GeoPoint; seconds: number }[];
  /** From here on they moved for the jobs they really had: what they would have done else is not known. */
  firstJobAt: number;
};

/** What became of a delivery, in the record or in a replay. */
export type Outcome = {
  order: StoryOrder;
  driverId: string | null;
  assignedAt: number | null;
  arrivedAt: number | null;
  pickedUpAt: number | null;
  deliveredAt: number | null;
  /** Straight to the pickup and on to the door, metres. */
  distanceM: number | null;
};

export type Run = { outcomes: readonly Outcome[]; offers: number; refused: number };

/** How people and streets were in this stretch: what a replay can't decide. */
export type Habits = {
  /** Share of the offers that were accepted. */
  acceptance: number;
  answerSeconds: number;
  services: Services;
  /** Metres a second, straight. */
  paceOf: (vehicle: Vehicle) => number;
  /** What this driver answered when really asked about this delivery. */
  answered: ReadonlyMap<string, 'yes' | 'no' | 'nothing'>;
};

export type Story = {
  from: number;
  to: number;
  orders: readonly StoryOrder[];
  drivers: readonly StoryDriver[];
  habits: Habits;
  recorded: Run;
  /** Orders that somebody ended, and drivers of whom no place is known. */
  leftOut: { orders: number; drivers: number };
};

export const pairOf = (driverId: string, deliveryId: string): string => `${driverId} ${deliveryId}`;

/** A driver on duty for so long after the stretch still counts, seconds. */
const OVERTIME = 3 * 3_600;
const secondsOf = (iso: string): number => Date.parse(iso) / 1_000;
const orNull = (iso: string | null | undefined): number | null => (iso ? secondsOf(iso) : null);

type Told = {
  outcome: Outcome;
  offers: OfferImage[];
  vehicle: string | null;
  atDropoffAt: number | null;
};

/** One order's story; null when somebody ended it, or it never came to a search. */
function tell(events: Recording['events']): Told | null {
  const created = events.find(({ type }) => type === 'delivery.created');
  const delivery = events.flatMap(({ data }) => data.delivery ?? []).at(-1);
  const order = events.flatMap(({ data }) => data.order ?? []).at(-1);
  if (!created || !delivery || !order) return null;
  if (!['delivered', 'no_driver'].includes(delivery.status)) return null;
  const offers = new Map(
    events.flatMap(({ data: { offer } }) => (offer ? [[offer.id, offer]] : [])),
  );
  const estimates = events.flatMap(({ data }) => data.order?.readyEstimateAt ?? []);
  const firstAssigned = events.find(({ type }) => type === 'delivery.assigned');
  const pickedUpAt = orNull(delivery.pickedUpAt);
  const estimate = secondsOf(estimates[0] ?? order.promisedFrom);
  const accepted = [...offers.values()].filter(({ status }) => status === 'accepted').at(-1);
  const toPickupM = accepted?.pickupDistanceM;
  return {
    offers: [...offers.values()],
    vehicle: delivery.driverVehicle,
    atDropoffAt: orNull(delivery.atDropoffAt),
    outcome: {
      order: {
        ...{ deliveryId: delivery.id, restaurantId: order.restaurantId },
        ...{ pickup: order.pickup, dropoff: order.dropoff },
        placedAt: secondsOf(order.placedAt),
        searchAt: Math.max(
          secondsOf(created.at),
          orNull(created.data.delivery?.nextAttemptAt) ?? 0,
        ),
        readyEstimateAt: estimate,
        readyAt: Math.min(
          orNull(order.readyAt) ?? estimate,
          pickedUpAt ?? Number.POSITIVE_INFINITY,
        ),
        promisedTo: secondsOf(order.promisedTo),
      },
      driverId: delivery.driverId,
      assignedAt: orNull(firstAssigned?.at ?? delivery.assignedAt),
      arrivedAt: orNull(delivery.atPickupAt),
      pickedUpAt,
      deliveredAt: orNull(delivery.deliveredAt),
      distanceM: toPickupM === undefined ? null : toPickupM + order.tripDistanceM,
    },
  };
}

function shiftsOf(
  events: Recording['events'],
  before: DriverImage | undefined,
  { from, to }: Recording,
): StoryDriver['shifts'] {
  const shifts: { from: number; to: number }[] = [];
  let since = before?.online ? from : null;
  for (const { type, at } of events) {
    if (type === 'driver.online') since ??= secondsOf(at);
    if (type !== 'driver.offline' || since === null) continue;
    shifts.push({ from: since, to: secondsOf(at) });
    since = null;
  }
  if (since !== null) shifts.push({ from: since, to: to + OVERTIME });
  return shifts.filter((shift) => shift.from < to + OVERTIME);
}

function readDrivers(recording: Recording, outcomes: readonly Outcome[]) {
  const before = new Map(recording.driversBefore.map((driver) => [driver.id, driver]));
  const events = groupBy(
    recording.events.filter(({ stream }) => stream === 'driver'),
    ({ streamId }) => streamId,
  );
  const positions = groupBy(recording.positions, ({ driverId }) => driverId);
  const jobs = groupBy(outcomes, ({ driverId }) => driverId ?? '');
  const drivers: StoryDriver[] = [];
  let unknown = 0;
  for (const id of new Set([...before.keys(), ...events.keys()])) {
    const own = events.get(id) ?? [];
    const image = own.flatMap(({ data }) => data.driver ?? [])[0] ?? before.get(id);
    const shifts = shiftsOf(own, before.get(id), recording);
    if (!image || shifts.length === 0) continue;
    const done = jobs.get(id) ?? [];
    const seen = done.flatMap(({ order, pickedUpAt, deliveredAt }) => [
      ...(pickedUpAt === null ? [] : [{ at: order.pickup, seconds: pickedUpAt }]),
      ...(deliveredAt === null ? [] : [{ at: order.dropoff, seconds: deliveredAt }]),
    ]);
    const track = [...(positions.get(id) ?? []), ...seen]
      .map(({ at, seconds }) => ({ at, seconds }))
      .sort((a, b) => a.seconds - b.seconds);
    if (track.length === 0) {
      unknown += 1;
      continue;
    }
    const firstJobAt = Math.min(
      ...done.map(({ assignedAt }) => assignedAt ?? Number.POSITIVE_INFINITY),
    );
    const { vehicle, capacity } = image;
    drivers.push({ id, vehicle, capacity, shifts, track, firstJobAt });
  }
  return { drivers, unknown };
}

/** Where there is nothing to learn from, seconds. */
const USUAL = { answer: 5, counter: 60, door: 60 };

function readHabits(told: readonly Told[]): Habits {
  const offers = told.flatMap((each) => each.offers);
  const answers = offers.filter(({ status }) =>
    ['accepted', 'declined', 'expired'].includes(status),
  );
  const yes = answers.filter(({ status }) => status === 'accepted');
  const taken = answers.flatMap(({ status, createdAt, decidedAt }) =>
    status !== 'expired' && decidedAt ? [secondsOf(decidedAt) - secondsOf(createdAt)] : [],
  );
  const counter = told.flatMap(({ outcome: { arrivedAt, pickedUpAt, order } }) =>
    arrivedAt && pickedUpAt ? [pickedUpAt - Math.max(arrivedAt, order.readyAt)] : [],
  );
  const door = told.flatMap(({ outcome: { deliveredAt }, atDropoffAt }) =>
    deliveredAt && atDropoffAt ? [deliveredAt - atDropoffAt] : [],
  );
  const paces = told.flatMap(({ outcome: { order, pickedUpAt }, atDropoffAt, vehicle }) => {
    const kind = VEHICLES.find((each) => each === vehicle);
    if (!pickedUpAt || !atDropoffAt || atDropoffAt <= pickedUpAt || !kind) return [];
    const pace = haversineMeters(order.pickup, order.dropoff) / (atDropoffAt - pickedUpAt);
    return [pace / usualPace(kind)];
  });
  const haste = Math.max(0.1, median(paces) ?? 1);
  const said = { accepted: 'yes', declined: 'no', expired: 'nothing' } as const;
  return {
    acceptance: answers.length === 0 ? 1 : yes.length / answers.length,
    answerSeconds: median(taken) ?? USUAL.answer,
    services: {
      ...{ beforePickup: Math.max(0, median(counter) ?? USUAL.counter), afterPickup: 0 },
      ...{ beforeDropoff: Math.max(0, median(door) ?? USUAL.door), afterDropoff: 0 },
    },
    paceOf: (vehicle) => usualPace(vehicle) * haste,
    answered: new Map(
      answers.flatMap(({ driverId, deliveryId, status }) => {
        const answer = said[status as keyof typeof said];
        return answer ? [[pairOf(driverId, deliveryId), answer]] : [];
      }),
    ),
  };
}

/** Makes a story of what the log holds of a stretch. */
export function readStory(recording: Recording): Story {
  const streams = groupBy(
    recording.events.filter(({ stream }) => stream === 'order'),
    ({ streamId }) => streamId,
  );
  const told = [...streams.values()].flatMap((events) => tell(events) ?? []);
  const outcomes = told
    .map(({ outcome }) => outcome)
    .sort((a, b) => a.order.searchAt - b.order.searchAt);
  const { drivers, unknown } = readDrivers(recording, outcomes);
  const offers = told.flatMap((each) => each.offers);
  return {
    ...{ from: recording.from, to: recording.to, drivers },
    orders: outcomes.map(({ order }) => order),
    habits: readHabits(told),
    recorded: {
      outcomes,
      offers: offers.length,
      refused: offers.filter(({ status }) => status === 'declined' || status === 'expired').length,
    },
    leftOut: { orders: streams.size - told.length, drivers: unknown },
  };
}
