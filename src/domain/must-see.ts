import { z } from 'zod';
import type { LogEvent } from './events';
import { isGone } from './is-gone';
import type { MustSeeImage } from './must-see-image';
import type { OrderStatus } from './order';

/**
 * What a kitchen has to have seen: a new order, and a cancellation or a delay that is not its own.
 * Triggers raise them, see `drizzle/0021_kitchen.sql`; until they are acknowledged they climb a ladder.
 */
export const MUST_SEE_EVENTS = ['placed', 'cancelled', 'delayed'] as const;
export type MustSeeEvent = (typeof MUST_SEE_EVENTS)[number];

/** `settled`: it does not matter any more whether anybody saw it. */
export const MUST_SEE_STATES = ['open', 'acknowledged', 'settled'] as const;

export const RUNG_KINDS = [
  /** The kitchen's tablets ring; then louder. */
  'sound',
  'louder',
  /** The people tied to the restaurant are told outside the page. */
  'push',
  'email',
  'sms',
  /** A card in the board's column of what needs attention. */
  'dispatcher',
  /** An order that nobody has answered ends, and its customer is told. */
  'cancel',
] as const;
export type RungKind = (typeof RUNG_KINDS)[number];

/** The rungs on which people are told outside the page. */
export const TOLD_RUNGS = ['push', 'email', 'sms'] as const;
export type ToldRung = (typeof TOLD_RUNGS)[number];

const RungSchema = z.object({
  kind: z.enum(RUNG_KINDS),
  /** After the event. */
  afterSeconds: z.number().int().min(0).max(86_400),
});
export type Rung = z.infer<typeof RungSchema>;

const RungsSchema = z
  .array(RungSchema)
  .refine((rungs) => new Set(rungs.map(({ kind }) => kind)).size === rungs.length, {
    error: 'each kind of rung at most once',
  })
  .refine(
    (rungs) =>
      rungs.every((rung, index) => rung.afterSeconds >= (rungs[index - 1]?.afterSeconds ?? 0)),
    { error: 'rungs in the order of their time' },
  );
/** There is nothing to cancel about what is cancelled or late. */
const NeverCancelsSchema = RungsSchema.refine(
  (rungs) => rungs.every(({ kind }) => kind !== 'cancel'),
  { error: 'only a new order can be cancelled' },
);

export const LadderSchema = z.strictObject({
  placed: RungsSchema.refine((rungs) => rungs.at(-1)?.kind === 'cancel', {
    error: 'an order that nobody answers has to end',
  }),
  cancelled: NeverCancelsSchema,
  delayed: NeverCancelsSchema,
});
export type Ladder = z.infer<typeof LadderSchema>;

export const DEFAULT_LADDER: Ladder = {
  placed: [
    { kind: 'sound', afterSeconds: 0 },
    { kind: 'louder', afterSeconds: 45 },
    { kind: 'push', afterSeconds: 60 },
    { kind: 'email', afterSeconds: 120 },
    { kind: 'sms', afterSeconds: 120 },
    { kind: 'dispatcher', afterSeconds: 180 },
    { kind: 'cancel', afterSeconds: 600 },
  ],
  cancelled: [
    { kind: 'sound', afterSeconds: 0 },
    { kind: 'louder', afterSeconds: 60 },
    { kind: 'push', afterSeconds: 90 },
    { kind: 'dispatcher', afterSeconds: 240 },
  ],
  delayed: [
    { kind: 'sound', afterSeconds: 0 },
    { kind: 'louder', afterSeconds: 120 },
    { kind: 'push', afterSeconds: 180 },
    { kind: 'dispatcher', afterSeconds: 480 },
  ],
};

/** The ladder that counts. One typed in by hand that makes no sense leaves nobody unheard. */
export const ladderOf = (document: unknown): Ladder => {
  const read = LadderSchema.safeParse(document);
  return read.success ? read.data : DEFAULT_LADDER;
};

type Climbing = {
  event: MustSeeEvent;
  raisedAt: Date;
  climbed: readonly RungKind[];
  order: {
    status: OrderStatus;
    /** Before this moment the kitchen does not start; null: as soon as it has accepted. */
    cookFrom: Date | null;
  };
};

/** An order for later may be answered until it is to be cooked. */
function dueAt({ kind, afterSeconds }: Rung, { raisedAt, order }: Climbing): Date {
  const due = raisedAt.getTime() + afterSeconds * 1_000;
  return new Date(kind === 'cancel' ? Math.max(due, order.cookFrom?.getTime() ?? 0) : due);
}

/** The next rung and when it is due; null at the top. Only what waits for an answer is cancelled. */
export function nextRung(
  ladder: Ladder,
  climbing: Climbing,
): { kind: RungKind; dueAt: Date } | null {
  const rung = ladder[climbing.event].find(
    ({ kind }) =>
      !climbing.climbed.includes(kind) && (kind !== 'cancel' || climbing.order.status === 'placed'),
  );
  return rung ? { kind: rung.kind, dueAt: dueAt(rung, climbing) } : null;
}

/** Whether dispatchers have been told that a kitchen does not answer. */
export const isDispatchers = ({ climbed }: Pick<MustSeeImage, 'climbed'>): boolean =>
  climbed.includes('dispatcher');

/** How loud a kitchen's tablets are for all that waits to be acknowledged. */
export function loudness(mustSees: readonly Pick<MustSeeImage, 'climbed'>[]) {
  if (mustSees.some(({ climbed }) => climbed.includes('louder'))) return 'loud' as const;
  if (mustSees.some(({ climbed }) => climbed.includes('sound'))) return 'normal' as const;
  return 'silent' as const;
}

/** What waits to be acknowledged, after `event`. */
export function applyToMustSees(mustSees: MustSeeImage[], event: LogEvent): MustSeeImage[] {
  const { mustSee } = event.data;
  if (isGone(event)) {
    return mustSees.filter(({ orderId }) => orderId !== event.streamId);
  }
  if (!mustSee) return mustSees;
  const others = mustSees.filter(({ id }) => id !== mustSee.id);
  return mustSee.state === 'open' ? [...others, mustSee] : others;
}
