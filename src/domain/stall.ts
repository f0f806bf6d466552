import { z } from 'zod';
import type { DeliveryStatus } from './delivery';
import type { StallKind, StallTold } from './stall-kinds';

/** When a driver on the way is thought to be stuck. Times in seconds, distances in metres. */
export const StallPolicySchema = z.object({
  /** Not `progressM` nearer in so long: stalled. */
  stalledSeconds: z.number().int().min(30).max(3_600).default(240),
  progressM: z.number().min(5).max(1_000).default(60),
  /** So much further away than they have been: going away. */
  awayM: z.number().min(50).max(10_000).default(300),
  /** Not seen for so long: dark. */
  darkSeconds: z.number().int().min(15).max(3_600).default(90),
  /** What is seen has to be seen for so long before it is said, and gone as long before it is taken back. */
  settleSeconds: z.number().min(0).max(600).default(20),
  /** After the driver was told, so long until a dispatcher is. */
  tellAdminSeconds: z.number().int().min(0).max(3_600).default(90),
  /** After the driver was told, so long until others are asked, before the pickup; null: never by itself. */
  reofferSeconds: z.number().int().min(30).max(7_200).nullable().default(300),
});
export type StallPolicy = z.infer<typeof StallPolicySchema>;

/** On these legs a driver is expected to move: to the pickup, to the door. */
export const WATCHED_LEGS = ['assigned', 'picked_up'] as const satisfies readonly DeliveryStatus[];

/** What is seen of a driver at one moment. Times are seconds on one clock. */
export type Sighting = {
  now: number;
  /** Metres to where this leg ends; null: never seen. */
  distanceM: number | null;
  /** When the position was taken; null: never. */
  seenAt: number | null;
  /** Since when the driver has been on this leg. */
  legSince: number;
  /** Something else is to be done first, for another delivery: standing still says nothing of this one. */
  busyElsewhere: boolean;
};

/** What the watch remembers of a leg between two looks. */
export type StallMemory = {
  legSince: number;
  /** The nearest so far, and since when it has not become so much nearer. */
  nearestM: number | null;
  nearestAt: number;
  /** What the last look saw, and since when looks agree on it; null: progress. */
  seen: StallKind | null;
  seenSince: number;
};

/** What is being said of a delivery. */
export type Stall = { kind: StallKind; since: number; told: StallTold };

export type StallDecision = {
  memory: StallMemory;
  stall: Stall | null;
  /** Others are to be asked. */
  reoffer: boolean;
};

/**
 * What is carried by somebody who may not work any more is a dispatcher's at once, and no more when they may
 * again. Undefined where the watch is to look for itself.
 */
export function barredStall(
  { driverBlocked, stall }: { driverBlocked: boolean; stall: Stall | null },
  now: number,
): Stall | null | undefined {
  if (driverBlocked)
    return stall?.kind === 'blocked' ? stall : { kind: 'blocked', since: now, told: 'admin' };
  return stall?.kind === 'blocked' ? null : undefined;
}

/** Nearer than this counts as there: nobody makes progress at the counter. */
const ARRIVED_M = 80;

function remember(
  before: StallMemory | null,
  sighting: Sighting,
  policy: StallPolicy,
): StallMemory {
  const { now, distanceM, legSince, busyElsewhere } = sighting;
  if (!before || before.legSince !== legSince) {
    return { legSince, nearestM: distanceM, nearestAt: now, seen: null, seenSince: now };
  }
  const { nearestM } = before;
  const nearer =
    distanceM !== null && (nearestM === null || distanceM <= nearestM - policy.progressM);
  if (nearer || busyElsewhere) return { ...before, nearestM: distanceM, nearestAt: now };
  return before;
}

/** What one look sees, taken by itself. */
function look(memory: StallMemory, sighting: Sighting, policy: StallPolicy): StallKind | null {
  const { now, distanceM, seenAt, legSince, busyElsewhere } = sighting;
  // A leg that has just begun is given its time, whatever came before.
  if (now - Math.max(seenAt ?? legSince, legSince) > policy.darkSeconds) return 'dark';
  if (busyElsewhere || distanceM === null || distanceM <= ARRIVED_M) return null;
  if (memory.nearestM !== null && distanceM > memory.nearestM + policy.awayM) return 'going_away';
  return now - memory.nearestAt > policy.stalledSeconds ? 'stalled' : null;
}

/**
 * One look at a driver on the way. What is seen is said only when it has been seen for a while, to the
 * driver first; then to a dispatcher; before the pickup others are asked in the end.
 */
export function watchStall(
  before: { memory: StallMemory | null; stall: Stall | null },
  sighting: Sighting,
  leg: (typeof WATCHED_LEGS)[number],
  policy: StallPolicy,
): StallDecision {
  const { now } = sighting;
  const known = remember(before.memory, sighting, policy);
  const seen = look(known, sighting, policy);
  const memory = seen === known.seen ? known : { ...known, seen, seenSince: now };
  const settled = now - memory.seenSince >= policy.settleSeconds;
  const stall = said(before.stall, memory, settled, now, policy);
  const stuckFor = stall ? now - stall.since : 0;
  const reoffer =
    stall !== null &&
    seen !== null &&
    leg === 'assigned' &&
    policy.reofferSeconds !== null &&
    stuckFor >= policy.reofferSeconds;
  return { memory, stall, reoffer };
}

function said(
  stall: Stall | null,
  { seen }: StallMemory,
  settled: boolean,
  now: number,
  policy: StallPolicy,
): Stall | null {
  if (!settled) return stall && escalated(stall, now, policy);
  if (seen === null) return null;
  if (stall === null) return { kind: seen, since: now, told: 'driver' };
  // From one trouble into another: told at once, and counted from the first.
  return escalated({ ...stall, kind: seen }, now, policy);
}

const escalated = (stall: Stall, now: number, { tellAdminSeconds }: StallPolicy): Stall =>
  now - stall.since >= tellAdminSeconds ? { ...stall, told: 'admin' } : stall;
