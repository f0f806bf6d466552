import type { NoticeSink, NoticeStatus } from './dead-letter';
import type { LogEvent } from './events';
import { type GeoPoint, haversineMeters } from './geo';
import type { MessageImage } from './message';
import type { NoticeImage } from './notice-image';
import type { PaymentStatus } from './payment';
import { inTime } from './views';

/** What a line of an order's story is about; each can be left out. */
export const STORY_KINDS = [
  'order',
  'delivery',
  'offer',
  'dispatch',
  'ride',
  'message',
  'notice',
  'payment',
] as const;
export type StoryKind = (typeof STORY_KINDS)[number];

/** A line of the log with as much of its data as is said aloud. */
export type ToldEvent = {
  version: number;
  type: string;
  actor: string;
  /** Through a program of theirs, not our pages. */
  byApi: boolean;
  driverName: string | null;
  reason: string | null;
  eta: { from: string; to: string } | null;
  message: MessageImage | null;
  notice: NoticeImage | null;
};

/** A stretch of a driver's way between two steps, from the points that were kept of it. */
export type Ride = {
  driverId: string;
  driverName: string;
  from: string;
  to: string;
  /** Along the points, metres. */
  meters: number;
};

export type StoryNotice = {
  id: string;
  sink: NoticeSink;
  about: string;
  recipient: string;
  status: NoticeStatus;
  attempts: number;
  error: string | null;
  createdAt: string;
  sentAt: string | null;
  nextAttemptAt: string | null;
  handledBy: string | null;
  discardReason: string | null;
};

export type StoryPayment = {
  id: string;
  purpose: 'order' | 'tip';
  label: string;
  provider: string;
  status: PaymentStatus;
  currency: string;
  /** Minor units. */
  amount: number;
  captured: number;
  refunded: number;
  attempts: number;
  error: string | null;
  createdAt: string;
};

export type StoryEntry<Attempt> = { key: string; kind: StoryKind; at: string } & (
  | { what: 'event'; event: ToldEvent }
  | { what: 'attempt'; attempt: Attempt }
  | { what: 'ride'; ride: Ride }
  | { what: 'notice'; notice: StoryNotice }
  | { what: 'payment'; payment: StoryPayment }
);

function kindOf(type: string): StoryKind {
  const prefix = type.split('.')[0];
  return STORY_KINDS.find((kind) => kind === prefix) ?? 'order';
}

function told({ version, type, actor, data }: LogEvent, byApi: boolean): ToldEvent {
  const { order, delivery, offer, message, notice } = data;
  const eta = type === 'order.eta_changed' && order?.etaFrom && order.etaTo;
  return {
    ...{ version, type, actor, byApi },
    driverName: offer?.driverName ?? delivery?.driverName ?? null,
    reason: reasonOf(type, data),
    eta: eta ? { from: order.etaFrom ?? '', to: order.etaTo ?? '' } : null,
    message: message ?? null,
    notice: notice ?? null,
  };
}

function reasonOf(type: string, { order, delivery, offer, notice }: LogEvent['data']) {
  if (offer) return offer.reason;
  if (notice) return notice.reason ?? notice.error;
  if (type === 'delivery.unassigned') return delivery?.handBackReason ?? null;
  if (type === 'delivery.failed') return delivery?.reason ?? null;
  return type === 'order.rejected' || type === 'order.cancelled' ? (order?.reason ?? null) : null;
}

export type Crumb = { driverId: string; driverName: string; at: GeoPoint; recordedAt: string };

/** A way that is interrupted for so long is two, milliseconds. */
const PAUSE_MS = 120_000;

/** Points of drivers' ways, in time, as stretches: cut at each step of the delivery and at each pause. */
export function ridesOf(crumbs: readonly Crumb[], steps: readonly string[]): Ride[] {
  const rides: Ride[] = [];
  let last: Crumb | null = null;
  let ride: Ride | null = null;
  for (const crumb of crumbs) {
    const sameRide =
      last?.driverId === crumb.driverId &&
      inTime(crumb.recordedAt, last.recordedAt) <= PAUSE_MS &&
      !steps.some((step) => last && isBetween(step, last.recordedAt, crumb.recordedAt));
    if (ride && last && sameRide) {
      ride.meters += haversineMeters(last.at, crumb.at);
      ride.to = crumb.recordedAt;
    } else {
      const { driverId, driverName, recordedAt } = crumb;
      ride = { driverId, driverName, from: recordedAt, to: recordedAt, meters: 0 };
      rides.push(ride);
    }
    last = crumb;
  }
  // One point alone is no way.
  return rides.filter(({ from, to }) => from !== to);
}

const isBetween = (at: string, from: string, to: string): boolean =>
  inTime(at, from) > 0 && inTime(at, to) <= 0;

export type StoryParts<Attempt> = {
  events: readonly LogEvent[];
  /** The versions of those that came about through a program. */
  byApi: ReadonlySet<number>;
  attempts: readonly Attempt[];
  crumbs: readonly Crumb[];
  notices: readonly StoryNotice[];
  payments: readonly StoryPayment[];
};

/** Everything that is known of an order on one line, oldest first. */
export function tellStory<Attempt extends { at: string; number: number }>(
  parts: StoryParts<Attempt>,
): StoryEntry<Attempt>[] {
  const steps = parts.events
    .filter(({ type }) => /^delivery\.(?!updated|created)/.test(type))
    .map(({ at }) => at);
  const entries: StoryEntry<Attempt>[] = [
    ...parts.events.map((event) => ({
      ...{ key: `event ${event.version}`, kind: kindOf(event.type), at: event.at },
      ...{ what: 'event' as const, event: told(event, parts.byApi.has(event.version)) },
    })),
    ...parts.attempts.map((attempt) => ({
      ...{ key: `attempt ${attempt.number} ${attempt.at}`, kind: 'dispatch' as const },
      ...{ at: attempt.at, what: 'attempt' as const, attempt },
    })),
    ...ridesOf(parts.crumbs, steps).map((ride) => ({
      ...{ key: `ride ${ride.driverId} ${ride.from}`, kind: 'ride' as const },
      ...{ at: ride.from, what: 'ride' as const, ride },
    })),
    ...parts.notices.map((notice) => ({
      ...{ key: `notice ${notice.id}`, kind: 'notice' as const },
      ...{ at: notice.createdAt, what: 'notice' as const, notice },
    })),
    ...parts.payments.map((payment) => ({
      ...{ key: `payment ${payment.id}`, kind: 'payment' as const },
      ...{ at: payment.createdAt, what: 'payment' as const, payment },
    })),
  ];
  return entries.sort((a, b) => inTime(a.at, b.at));
}
