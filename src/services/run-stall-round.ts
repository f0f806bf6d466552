import { releaseAcceptedOffer, stepDelivery } from '@/db/queries/deliveries';
import { lockDrivers } from '@/db/queries/offers';
import { tryLockOrder } from '@/db/queries/order-locks';
import { carriedDeliveries, keepMemories, tellStall, type WatchedRow } from '@/db/queries/watches';
import { mayHandBack } from '@/domain/delivery';
import { policyOf, type ZonePolicy } from '@/domain/dispatch/zone-policy';
import { haversineMeters } from '@/domain/geo';
import { nextJob } from '@/domain/run';
import { isSameJson } from '@/domain/same-json';
import { barredStall, type Sighting, type Stall, WATCHED_LEGS, watchStall } from '@/domain/stall';
import { runCommand } from './command';
import type { ServiceContext } from './context';

export type StallReport = { watched: number; told: number; reoffered: number };

const legOf = ({ status }: WatchedRow) => WATCHED_LEGS.find((leg) => leg === status) ?? null;

/** What each driver works on now: standing still for that says nothing of the rest. */
function inHand(rows: readonly WatchedRow[]): Set<string> {
  const byDriver = new Map<string, { delivery: WatchedRow & { id: string } }[]>();
  for (const row of rows) {
    const carried = byDriver.get(row.driverId) ?? [];
    byDriver.set(row.driverId, carried);
    carried.push({ delivery: { ...row, id: row.deliveryId } });
  }
  return new Set([...byDriver.values()].flatMap((jobs) => nextJob(jobs)?.delivery.id ?? []));
}

function sightingOf(row: WatchedRow, current: ReadonlySet<string>, now: number): Sighting {
  const target = row.status === 'assigned' ? row.pickup : row.dropoff;
  return {
    now,
    distanceM: row.driverAt && haversineMeters(row.driverAt, target),
    seenAt: row.seenAt,
    legSince: row.legSince,
    busyElsewhere: !current.has(row.deliveryId),
  };
}

/** The delivery goes to somebody else; the driver who is stuck is not asked again by itself. */
export async function reoffer(
  ctx: ServiceContext,
  row: Pick<WatchedRow, 'orderId' | 'deliveryId' | 'driverId'>,
): Promise<boolean> {
  return runCommand(ctx, { name: 'watch', request: null }, async (tx) => {
    if (!(await tryLockOrder(tx, row.orderId))) return false;
    await lockDrivers(tx, [row.deliveryId], row.driverId);
    const now = ctx.now();
    const guard = { driverId: row.driverId };
    const search = { nextAttemptAt: now };
    if (!(await stepDelivery(tx, row.deliveryId, 'unassign', search, guard))) return false;
    await releaseAcceptedOffer(tx, row.deliveryId, now);
    return true;
  });
}

async function tell(ctx: ServiceContext, row: WatchedRow, stall: Stall | null): Promise<boolean> {
  return runCommand(ctx, { name: 'watch', request: null }, async (tx) => {
    if (!(await tryLockOrder(tx, row.orderId))) return false;
    return tellStall(tx, row, stall);
  });
}

/**
 * Looks at every driver on the way: who does not get on is told, then a dispatcher is, then others are asked
 * if the food is not in the bag yet. Several processes may do so at once: what is written is written only
 * while the delivery is on the same leg of the same driver.
 */
export async function runStallRound(ctx: ServiceContext): Promise<StallReport> {
  const rows = await carriedDeliveries(ctx.db);
  const report: StallReport = { watched: 0, told: 0, reoffered: 0 };
  if (rows.length === 0) return report;
  const now = ctx.now().getTime() / 1_000;
  const policies = new Map<string, ZonePolicy>();
  const current = inHand(rows);
  const memories: Parameters<typeof keepMemories>[1][number][] = [];
  for (const row of rows) {
    if (row.driverBlocked && mayHandBack(row.status)) {
      if (await reoffer(ctx, row)) report.reoffered += 1;
      continue;
    }
    const barred = barredStall(row, now);
    if (barred !== undefined) {
      if (barred !== row.stall && (await tell(ctx, row, barred))) report.told += 1;
      continue;
    }
    const leg = legOf(row);
    if (!leg) continue;
    report.watched += 1;
    const policy = policies.get(row.zoneId) ?? policyOf(row.document);
    policies.set(row.zoneId, policy);
    const { memory, stall } = row;
    const decision = watchStall({ memory, stall }, sightingOf(row, current, now), leg, policy);
    if (!isSameJson(decision.memory, memory)) {
      memories.push({ deliveryId: row.deliveryId, memory: decision.memory });
    }
    if (decision.reoffer) {
      if (await reoffer(ctx, row)) report.reoffered += 1;
    } else if (!isSameJson(decision.stall, stall)) {
      if (await tell(ctx, row, decision.stall)) report.told += 1;
    }
  }
  await keepMemories(ctx.db, memories);
  return report;
}
