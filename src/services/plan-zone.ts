import { v7 as uuidv7 } from 'uuid';
import type { Transaction } from '@/db/client';
import { findDelivery, stepDelivery, updateSearch } from '@/db/queries/deliveries';
import { insertAttempt } from '@/db/queries/dispatch';
import { askedAbout, insertRun, lockDrivers } from '@/db/queries/offers';
import { tryLockOrders } from '@/db/queries/order-locks';
import { type DriverRow, type OpenRow, readZone, type ZoneRows } from '@/db/queries/zone-snapshot';
import { type AttemptDriver, planned, whyOf } from '@/domain/dispatch/attempt';
import { type BatchDecision, planBatch, planOf } from '@/domain/dispatch/batch';
import { liveSnapshot } from '@/domain/dispatch/live-snapshot';
import { radiusFor } from '@/domain/dispatch/policy';
import type { Plan as LastPlan } from '@/domain/dispatch/take-up';
import { questionsAtOnce, type ZonePolicy } from '@/domain/dispatch/zone-policy';
import { ensured } from '@/domain/errors';
import { haversineMeters } from '@/domain/geo';
import { isOpenOrder } from '@/domain/order';
import { runCommand } from './command';
import type { ServiceContext } from './context';

export type BatchZone = {
  zoneId: string;
  policy: Extract<ZonePolicy, { kind: 'batch' }>;
  /** Whether this dispatcher still serves the zone; asked in the transaction that writes. */
  stillOurs: (tx: Transaction) => Promise<boolean>;
  /** Goes on serving it, between two transactions; false when it is another's by now. */
  keep: () => Promise<boolean>;
};

/** A plan that moves by less is not told anew, seconds. */
const SAME_PLAN_SECONDS = 60;
/** Decisions concern different orders: so many are written side by side. */
const AT_ONCE = 3;
const NO_PLAN = { plannedDriverId: null, plannedDriverName: null, plannedLeaveAt: null };

type Plan = {
  ctx: ServiceContext;
  zone: BatchZone;
  open: ReadonlyMap<string, OpenRow>;
  drivers: ReadonlyMap<string, DriverRow>;
};
type Of<Kind extends BatchDecision['kind']> = Extract<BatchDecision, { kind: Kind }>;

const toDate = (seconds: number): Date => new Date(seconds * 1_000);
const nameOf =
  ({ drivers }: Plan) =>
  (id: string) =>
    drivers.get(id)?.name ?? '';

/**
 * Writes about deliveries that are still as they were planned with: open, due, and nobody asked about them.
 * What has changed since is planned anew in the next round. False when nothing was written.
 */
async function write(
  { ctx, zone }: Plan,
  rows: readonly OpenRow[],
  work: (tx: Transaction) => Promise<boolean>,
): Promise<boolean> {
  return runCommand(ctx, { name: 'dispatch', request: null }, async (tx) => {
    const orders = await tryLockOrders(
      tx,
      rows.map(({ orderId }) => orderId),
    );
    if (!orders?.every(({ status }) => isOpenOrder(status)) || !(await zone.stillOurs(tx))) {
      return false;
    }
    for (const { id, status, attempt } of rows) {
      const now = await findDelivery(tx, id);
      const same = now?.status === status && now.attempt === attempt && now.nextAttemptAt !== null;
      if (!same || (await askedAbout(tx, id)).size > 0) return false;
    }
    return work(tx);
  });
}

async function keepAttempt(
  tx: Transaction,
  { zone }: Plan,
  row: OpenRow,
  outcome: BatchDecision['kind'],
  considered: AttemptDriver[],
  nextAttemptAt: Date | null = null,
): Promise<void> {
  const radiusM = radiusFor(zone.policy, row.emptyRounds);
  const number = row.attempt + (outcome === 'hold' ? 0 : 1);
  const attempt = { deliveryId: row.id, number, radiusM, outcome, considered, nextAttemptAt };
  await insertAttempt(tx, { ...attempt, policy: 'batch' });
}

/** Asks one driver about the whole run. */
async function ask(
  tx: Transaction,
  plan: Plan,
  rows: readonly OpenRow[],
  driver: DriverRow,
  { considered, alsoAsk, expiresAt }: Of<'offer'>,
): Promise<boolean> {
  const runId = uuidv7();
  const told = planned(considered, nameOf(plan));
  const code = alsoAsk.length > 0 ? 'first_wins' : 'best_plan';
  const run = rows.map((row, n) => ({
    ...{ deliveryId: row.id, orderId: row.orderId, driverId: driver.id, driverName: driver.name },
    ...{ attempt: row.attempt + 1, round: row.emptyRounds, expiresAt: toDate(expiresAt) },
    ...{ runId, runStop: n + 1, runSize: rows.length },
    pickupDistanceM: haversineMeters(driver.at, row.pickup),
    why: whyOf(code, told, driver.id, alsoAsk.length + 1),
  }));
  return (await insertRun(tx, run, questionsAtOnce(plan.zone.policy))) !== null;
}

async function offer(plan: Plan, decision: Of<'offer'>): Promise<boolean> {
  const { open, drivers, zone } = plan;
  const rows = decision.deliveryIds.map((id) => ensured(open.get(id), 'an open delivery'));
  return write(plan, rows, async (tx) => {
    const room = (id: string) => {
      const driver = drivers.get(id);
      return driver && driver.carries.length + rows.length <= driver.capacity ? [driver] : [];
    };
    const asked = [decision.driverId, ...decision.alsoAsk].flatMap(room);
    await lockDrivers(tx, [], ...asked.map(({ id }) => id));
    let questions = 0;
    for (const driver of asked) {
      if (await ask(tx, plan, rows, driver, decision)) questions += 1;
    }
    if (questions === 0) return false;
    const considered = planned(decision.considered, nameOf(plan));
    for (const row of rows) {
      const radiusM = radiusFor(zone.policy, row.emptyRounds);
      const search = { attempt: row.attempt + 1, radiusM, nextAttemptAt: null, ...NO_PLAN };
      if (row.status === 'unassigned') await stepDelivery(tx, row.id, 'offer', search);
      else await updateSearch(tx, row.id, search);
      await keepAttempt(tx, plan, row, 'offer', considered);
    }
    return true;
  });
}

/** Tells whom it is planned for and when they have to leave, when that is news. */
async function hold(plan: Plan, decision: Of<'hold'>): Promise<boolean> {
  const row = ensured(plan.open.get(decision.deliveryId), 'an open delivery');
  const { driverId, leaveAt } = decision;
  const driver = driverId && leaveAt !== null ? (plan.drivers.get(driverId) ?? null) : null;
  const moved = Math.abs((row.plannedLeaveAt ?? 0) - (leaveAt ?? 0)) >= SAME_PLAN_SECONDS;
  if ((driver?.id ?? null) === row.plannedDriverId && !(driver && moved)) return false;
  return write(plan, [row], async (tx) => {
    const leave = driver && leaveAt !== null ? toDate(leaveAt) : null;
    await updateSearch(tx, row.id, {
      plannedDriverId: driver?.id ?? null,
      plannedDriverName: driver?.name ?? null,
      plannedLeaveAt: leave,
    });
    if (driver && driver.id !== row.plannedDriverId) {
      const considered = planned(decision.consider(), nameOf(plan));
      await keepAttempt(tx, plan, row, 'hold', considered, leave);
    }
    return true;
  });
}

async function waitOrGiveUp(plan: Plan, decision: Of<'wait' | 'give_up'>): Promise<boolean> {
  const row = ensured(plan.open.get(decision.deliveryId), 'an open delivery');
  const considered = planned(decision.considered, nameOf(plan));
  const radiusM = radiusFor(plan.zone.policy, row.emptyRounds);
  const search = { attempt: row.attempt + 1, radiusM, ...NO_PLAN };
  return write(plan, [row], async (tx) => {
    const until = decision.kind === 'wait' ? toDate(decision.until) : null;
    if (until) {
      const emptyRounds = row.emptyRounds + 1;
      await updateSearch(tx, row.id, { ...search, emptyRounds, nextAttemptAt: until });
    } else {
      await stepDelivery(tx, row.id, 'exhaust', { ...search, reason: 'no_driver_found' });
    }
    await keepAttempt(tx, plan, row, decision.kind, considered, until);
    return true;
  });
}

function writeDecision(plan: Plan, decision: BatchDecision): Promise<boolean> {
  switch (decision.kind) {
    case 'offer':
      return offer(plan, decision);
    case 'hold':
      return hold(plan, decision);
    case 'wait':
    case 'give_up':
      return waitOrGiveUp(plan, decision);
  }
}

/**
 * What this process planned last, by zone. Only a start for the next search: a dispatcher that takes a zone over has
 * none, and one that comes back to a zone finds what is no longer possible left out.
 */
const lastPlans = new Map<string, LastPlan>();

/** What is decided about a zone as it was read. Pure but for the clock and the jitter. */
export function decideZone(
  ctx: Pick<ServiceContext, 'now' | 'random'>,
  policy: BatchZone['policy'],
  rows: ZoneRows,
  before?: LastPlan,
): BatchDecision[] {
  const now = ctx.now().getTime() / 1_000;
  const snapshot = liveSnapshot(rows, now);
  return planBatch({ snapshot, policy, now, random: ctx.random(), before });
}

/** One round of *batch* in a zone: reads it, plans it, writes what has to be asked or said now. */
export async function planZone(
  ctx: ServiceContext,
  zone: BatchZone,
): Promise<Record<BatchDecision['kind'], number>> {
  const rows = await readZone(ctx.db, zone.zoneId, ctx.now());
  const decisions = decideZone(ctx, zone.policy, rows, lastPlans.get(zone.zoneId));
  lastPlans.set(zone.zoneId, planOf(decisions));
  const plan: Plan = {
    ...{ ctx, zone },
    open: new Map(rows.deliveries.map((row) => [row.id, row])),
    drivers: new Map(rows.drivers.map((row) => [row.id, row])),
  };
  const written = { offer: 0, hold: 0, wait: 0, give_up: 0 };
  for (let n = 0; n < decisions.length && (await zone.keep()); n += AT_ONCE) {
    await Promise.all(
      decisions.slice(n, n + AT_ONCE).map(async (decision) => {
        if (await writeDecision(plan, decision)) written[decision.kind] += 1;
      }),
    );
  }
  return written;
}
