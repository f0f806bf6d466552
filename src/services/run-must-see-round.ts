import type { Transaction } from '@/db/client';
import {
  type Climber,
  climbAll,
  dueMustSees,
  findClimbers,
  ladderDocuments,
  lookAgainAt,
  nextMustSeeAt,
  reachableStaff,
} from '@/db/queries/must-sees';
import { insertNotices, type NewNotice, reachableByPush } from '@/db/queries/notices';
import { lockFreeOrders } from '@/db/queries/order-locks';
import { findOrder, type OrderRow, stepOrder } from '@/db/queries/orders';
import { ensured } from '@/domain/errors';
import { ladderOf, nextRung, type RungKind, TOLD_RUNGS, type ToldRung } from '@/domain/must-see';
import { mustSeeNotice } from '@/domain/notices';
import { runCommand } from './command';
import type { ServiceContext } from './context';
import { unwindOrder } from './unwind-order';

const BATCH = 100;
/** So many climb in one transaction. */
const AT_ONCE = 20;

/** What can be sent from here. */
export type MustSeeOptions = { sms: boolean };

const isTold = (kind: RungKind): kind is ToldRung => TOLD_RUNGS.some((told) => told === kind);

/** Whoever is tied to the restaurant is told on this way, as far as they can be reached by it. */
async function tellStaff(
  tx: Transaction,
  mustSee: Climber,
  order: OrderRow,
  channel: ToldRung,
  now: Date,
): Promise<void> {
  const staff = await reachableStaff(tx, order.restaurantId);
  const browsers =
    channel === 'push'
      ? await reachableByPush(
          tx,
          staff.map(({ userId }) => userId),
        )
      : null;
  const rows = staff
    .filter(({ userId }) => browsers?.has(userId) ?? true)
    .filter(({ hasPhone }) => channel !== 'sms' || hasPhone)
    .map(
      ({ userId }): NewNotice => ({
        ...{ eventId: `must-see:${mustSee.id}`, userId, orderId: order.id, channel },
        ...{ kind: 'must_see', content: mustSeeNotice(mustSee.event, order), createdAt: now },
      }),
    );
  await insertNotices(tx, rows);
}

/** An order that nobody has answered ends, and gives back what it took; its customer is told by that. */
async function endUnanswered(tx: Transaction, order: OrderRow, now: Date): Promise<void> {
  const by = { reason: 'not_answered', closedBy: 'platform' };
  if (await stepOrder(tx, order.id, 'expire', by)) await unwindOrder(tx, order, { moneyAt: now });
}

/** What reaching a rung brings about, besides its event. */
async function reach(
  tx: Transaction,
  mustSee: Climber,
  kind: RungKind,
  now: Date,
  { sms }: MustSeeOptions,
): Promise<void> {
  const tells = isTold(kind) && (kind !== 'sms' || sms);
  if (!tells && kind !== 'cancel') return;
  const order = ensured(await findOrder(tx, mustSee.orderId), 'the order that is locked');
  if (isTold(kind)) await tellStaff(tx, mustSee, order, kind, now);
  else await endUnanswered(tx, order, now);
}

type Due = Awaited<ReturnType<typeof dueMustSees>>[number];
type Climbed = { rungs: number; ending: string[] };

/**
 * Lets some climb what is due, rung by rung, each with its event. Those whose order is to end are climbed alone, and
 * told as `ending` where they came with others: what an order gives back is locked, and two orders in
 * one transaction would do so in no order.
 */
async function climbDue(
  tx: Transaction,
  ids: readonly string[],
  now: Date,
  options: MustSeeOptions,
): Promise<Climbed> {
  const climbers = await findClimbers(tx, ids);
  const ladders = await ladderDocuments(tx, [
    ...new Set(climbers.map(({ restaurantId }) => restaurantId)),
  ]);
  let climbing = climbers.map((mustSee) => {
    const ladder = ladderOf(ladders(mustSee.restaurantId));
    return { mustSee, ladder, next: nextRung(ladder, mustSee) };
  });
  const looks = climbing.flatMap(({ mustSee: { id }, next }) =>
    next && next.dueAt <= now ? [] : { id, nextAt: next?.dueAt ?? null },
  );
  if (looks.length > 0) await lookAgainAt(tx, looks);
  const ending: string[] = [];
  let rungs = 0;
  for (;;) {
    const steps = climbing.flatMap(({ mustSee, ladder, next }) => {
      if (!next || next.dueAt > now) return [];
      if (next.kind === 'cancel' && ids.length > 1) {
        ending.push(mustSee.id);
        return [];
      }
      const up = { ...mustSee, climbed: [...mustSee.climbed, next.kind] };
      return { up, kind: next.kind, ladder, next: nextRung(ladder, up) };
    });
    if (steps.length === 0) return { rungs, ending };
    const reached = await climbAll(
      tx,
      steps.map(({ up, kind, next }) => ({
        ...{ id: up.id, reached: up.climbed.length - 1, kind, nextAt: next?.dueAt ?? null },
      })),
    );
    const there = steps.filter(({ up }) => reached.has(up.id));
    for (const { up, kind } of there) await reach(tx, up, kind, now, options);
    rungs += there.length;
    climbing = there.map(({ up, ladder, next }) => ({ mustSee: up, ladder, next }));
  }
}

/** Whoever holds an order may be acknowledging just now: the next round looks again. */
const climbTogether = (
  ctx: ServiceContext,
  some: readonly Due[],
  now: Date,
  options: MustSeeOptions,
): Promise<Climbed> =>
  runCommand(ctx, { name: 'must-see', request: null }, async (tx) => {
    const free = await lockFreeOrders(tx, [...new Set(some.map(({ orderId }) => orderId))]);
    const ids = some.flatMap(({ id, orderId }) => (free.has(orderId) ? id : []));
    return ids.length > 0 ? climbDue(tx, ids, now, options) : { rungs: 0, ending: [] };
  });

/**
 * Lets what kitchens have not acknowledged climb its ladder: each rung once, whoever else runs a round at
 * the same time. Returns how many rungs were climbed, and when the next is due.
 */
export async function runMustSeeRound(
  ctx: ServiceContext,
  options: MustSeeOptions,
): Promise<{ climbed: number; nextDueAt: Date | null }> {
  const now = ctx.now();
  const due = await dueMustSees(ctx.db, now, BATCH);
  const groups: Due[][] = [];
  for (let next = 0; next < due.length; next += AT_ONCE) {
    groups.push(due.slice(next, next + AT_ONCE));
  }
  let climbed = 0;
  for (let group = groups.shift(); group; group = groups.shift()) {
    const { rungs, ending } = await climbTogether(ctx, group, now, options);
    climbed += rungs;
    groups.push(...group.filter(({ id }) => ending.includes(id)).map((one) => [one]));
  }
  return { climbed, nextDueAt: await nextMustSeeAt(ctx.db) };
}
