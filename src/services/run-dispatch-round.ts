import { randomUUID } from 'node:crypto';
import type { Transaction } from '@/db/client';
import { type ZoneAtWork, zonesAtWork } from '@/db/queries/dispatch';
import { leaveZones, notePlanned, stillHolds, takeZone } from '@/db/queries/leases';
import { dueSearches, type SearchRow } from '@/db/queries/searches';
import { policyOf, type ZonePolicy } from '@/domain/dispatch/zone-policy';
import { Refusal } from '@/domain/errors';
import type { ServiceContext } from './context';
import { expireOffers } from './expire-offers';
import { type BatchZone, planZone } from './plan-zone';
import { type Searched, type SearchZone, searchDrivers } from './search-drivers';

export type RoundReport = {
  expired: number;
  offered: number;
  waiting: number;
  gaveUp: number;
  /** A zone wants to be planned at once, but was planned just now. */
  hurried: boolean;
  /** When there is something to do again, or null when nothing waits. */
  nextDueAt: Date | null;
};

export type RoundOptions = {
  /** Who serves the zones: one of several dispatchers. */
  holder?: string;
  /** Plan batch zones now, whatever their window says: a driver or an order has become free. */
  hurried?: boolean;
  /** Between two plans of a zone at least, however hurried, milliseconds. */
  minGapMs?: number;
};

/** This process among those that dispatch. */
const THIS_PROCESS = randomUUID();
/** A zone is its dispatcher's for so long after the last sign of life, seconds. */
export const LEASE_SECONDS = 3;
const RENEW_BELOW_MS = 2_000;
const RENEW_EVERY_MS = 1_000;
const AT_ONCE = 100;
/** Searches decided in one transaction: what it holds up stays below what a person notices. */
const TOGETHER = 16;
/** What is due but in somebody else's hands is looked at again after so long. */
const BREATH_MS = 20;

type Zone = {
  zoneId: string;
  policy: ZonePolicy;
  /** Milliseconds; null: nothing of that kind. */
  searchDueAt: number | null;
  expiresAt: number | null;
  plannedAt: number | null;
  leaseMs: number;
  holder: string | null;
};

const ms = (iso: string | null): number | null => (iso === null ? null : Date.parse(iso));

const zoneOf = ({ document, searchDueAt, expiresAt, plannedAt, ...row }: ZoneAtWork): Zone => ({
  ...row,
  policy: policyOf(document),
  ...{ searchDueAt: ms(searchDueAt), expiresAt: ms(expiresAt), plannedAt: ms(plannedAt) },
});

/** When a zone's searches are decided next: as each is due, or all together when the window is over. */
function decidedAt({ policy, searchDueAt, plannedAt }: Zone, gapMs: number): number | null {
  if (searchDueAt === null || policy.kind !== 'batch' || plannedAt === null) return searchDueAt;
  return Math.max(searchDueAt, plannedAt + gapMs);
}

const gapOf = ({ policy }: Zone, { hurried = true, minGapMs = 0 }: RoundOptions): number =>
  policy.kind === 'batch' && !hurried ? policy.windowSeconds * 1_000 : minGapMs;

const isDue = (at: number | null, now: number): boolean => at !== null && at <= now;

/** Renews the lease while a round goes on, once a second; false when another dispatcher has the zone. */
function keeper(ctx: ServiceContext, zoneId: string, holder: string): () => Promise<boolean> {
  let keptAt = performance.now();
  return async () => {
    if (performance.now() - keptAt < RENEW_EVERY_MS) return true;
    keptAt = performance.now();
    return takeZone(ctx.db, zoneId, holder, LEASE_SECONDS);
  };
}

/** What a round tells, and what it could not write: told once everything else is done. */
type Told = { report: RoundReport; failures: unknown[] };

async function serve(ctx: ServiceContext, zone: Zone, holder: string, told: Told) {
  const { report } = told;
  const { zoneId, policy } = zone;
  const stillOurs = (tx: Transaction) => stillHolds(tx, zoneId, holder);
  const keep = keeper(ctx, zoneId, holder);
  if (policy.kind === 'batch') {
    await notePlanned(ctx.db, zoneId, ctx.now());
    const written = await planZone(ctx, { zoneId, policy, stillOurs, keep } satisfies BatchZone);
    report.offered += written.offer;
    report.waiting += written.wait;
    report.gaveUp += written.give_up;
    return;
  }
  const due = await dueSearches(ctx.db, zoneId, ctx.now(), AT_ONCE);
  if (due.length === 0) return;
  await search(ctx, { policy, stillOurs }, due, keep, told);
}

/** Some searches at once; one by one when they fail together, so that one that can't be written stops no other. */
async function searchTogether(
  ctx: ServiceContext,
  rows: readonly SearchRow[],
  zone: SearchZone,
  failures: unknown[],
): Promise<Searched> {
  try {
    return await searchDrivers(ctx, rows, zone);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  const all: Searched = { decided: [], crowded: [] };
  for (const row of rows) {
    try {
      const { decided, crowded } = await searchDrivers(ctx, [row], zone);
      all.decided.push(...decided);
      all.crowded.push(...crowded);
    } catch (error) {
      failures.push(error);
    }
  }
  return all;
}

/** Decides what is due; what was crowded out by the rest again, as long as something is decided. */
async function search(
  ctx: ServiceContext,
  zone: SearchZone,
  due: SearchRow[],
  keep: () => Promise<boolean>,
  { report, failures }: Told,
): Promise<void> {
  for (let left = due; left.length > 0; ) {
    const again: SearchRow[] = [];
    let decided = 0;
    for (let n = 0; n < left.length; n += TOGETHER) {
      if (!(await keep())) return;
      const searched = await searchTogether(ctx, left.slice(n, n + TOGETHER), zone, failures);
      again.push(...searched.crowded);
      decided += searched.decided.length;
      for (const kind of searched.decided) {
        if (kind === 'offer') report.offered += 1;
        if (kind === 'wait') report.waiting += 1;
        if (kind === 'give_up') report.gaveUp += 1;
      }
    }
    if (decided === 0) return;
    left = again;
  }
}

/**
 * One pass of the control loop: ends offers that ran out, then decides what is due, zone by zone. May crash
 * anywhere and run anywhere, several at once: a zone is leased for seconds, so that two dispatchers seldom
 * do the same work, and each write locks its orders and looks again, so that it is harmless when they do.
 */
export async function runDispatchRound(
  ctx: ServiceContext,
  options: RoundOptions = {},
): Promise<RoundReport> {
  const { holder = THIS_PROCESS } = options;
  const report: RoundReport = {
    ...{ expired: 0, offered: 0, waiting: 0, gaveUp: 0 },
    ...{ hurried: false, nextDueAt: null },
  };
  const failures: unknown[] = [];
  for (const zone of (await zonesAtWork(ctx.db)).map(zoneOf)) {
    const now = ctx.now().getTime();
    const expires = isDue(zone.expiresAt, now);
    const decides = isDue(decidedAt(zone, gapOf(zone, options)), now);
    if (options.hurried && !decides && isDue(zone.searchDueAt, now)) report.hurried = true;
    if (!expires && !decides) continue;
    const ours = zone.holder === holder && zone.leaseMs > RENEW_BELOW_MS;
    if (!ours && !(await takeZone(ctx.db, zone.zoneId, holder, LEASE_SECONDS))) continue;
    const expired = expires ? await expireOffers(ctx, zone.zoneId) : 0;
    report.expired += expired;
    if (decides || expired > 0) await serve(ctx, zone, holder, { report, failures });
  }
  if (failures.length > 0) throw failures[0];
  report.nextDueAt = await nextDueAt(ctx, holder, options);
  return report;
}

/** When the loop has to look again: something is due, or another dispatcher's lease may be over. */
async function nextDueAt(
  ctx: ServiceContext,
  holder: string,
  options: RoundOptions,
): Promise<Date | null> {
  const now = ctx.now().getTime();
  const windows = { ...options, hurried: false };
  const times = (await zonesAtWork(ctx.db)).map(zoneOf).flatMap((zone) => {
    const foreign = zone.holder !== holder && zone.leaseMs > 0;
    const due = [decidedAt(zone, gapOf(zone, windows)), zone.expiresAt].filter((at) => at !== null);
    return due.map((at) => (foreign ? Math.max(at, now + zone.leaseMs) : at));
  });
  return times.length > 0 ? new Date(Math.max(Math.min(...times), now + BREATH_MS)) : null;
}

/** Leaves what this dispatcher serves to the others, at once. */
export const stopDispatching = (ctx: ServiceContext, holder = THIS_PROCESS): Promise<void> =>
  leaveZones(ctx.db, holder);
