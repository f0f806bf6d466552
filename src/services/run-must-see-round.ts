import type { Transaction } from '@/db/client';
import {
  climb,
  dueMustSees,
  findOpenMustSee,
  ladderDocument,
  lookAgainAt,
  type MustSeeRow,
  nextMustSeeAt,
  reachableStaff,
} from '@/db/queries/must-sees';
import { insertNotices, type NewNotice, reachableByPush } from '@/db/queries/notices';
import { type OrderRow, stepOrder, tryLockOrder } from '@/db/queries/orders';
import { ladderOf, nextRung, type RungKind, TOLD_RUNGS, type ToldRung } from '@/domain/must-see';
import { mustSeeNotice } from '@/domain/notices';
import { runCommand } from './command';
import type { ServiceContext } from './context';
import { unwindOrder } from './unwind-order';

const BATCH = 100;

/** What can be sent from here. */
export type MustSeeOptions = { sms: boolean };

const isTold = (kind: RungKind): kind is ToldRung => TOLD_RUNGS.some((told) => told === kind);

/** Whoever is tied to the restaurant is told on this way, as far as they can be reached by it. */
async function tellStaff(
  tx: Transaction,
  mustSee: MustSeeRow,
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

/** Climbs what is due, rung by rung, each with its event; returns how many. */
async function climbDue(
  tx: Transaction,
  mustSeeId: string,
  order: OrderRow,
  now: Date,
  { sms }: MustSeeOptions,
): Promise<number> {
  const mustSee = await findOpenMustSee(tx, mustSeeId);
  if (!mustSee) return 0;
  const ladder = ladderOf(await ladderDocument(tx, order.restaurantId));
  const after = (climbed: readonly RungKind[]) => nextRung(ladder, { ...mustSee, climbed, order });
  const { id } = mustSee;
  let climbed = mustSee.climbed;
  let next = after(climbed);
  if (!next || next.dueAt > now) await lookAgainAt(tx, id, next?.dueAt ?? null);
  while (next && next.dueAt <= now) {
    const { kind } = next;
    const reached = [...climbed, kind];
    next = after(reached);
    if (!(await climb(tx, { id, climbed }, kind, next?.dueAt ?? null))) return 0;
    climbed = reached;
    if (isTold(kind) && (kind !== 'sms' || sms)) await tellStaff(tx, mustSee, order, kind, now);
    if (kind === 'cancel') await endUnanswered(tx, order, now);
  }
  return climbed.length - mustSee.climbed.length;
}

/**
 * Lets what kitchens have not acknowledged climb its ladder: each rung once, whoever else runs a round at
 * the same time. Returns how many rungs were climbed, and when the next is due.
 */
export async function runMustSeeRound(
  ctx: ServiceContext,
  options: MustSeeOptions,
): Promise<{ climbed: number; nextDueAt: Date | null }> {
  const now = ctx.now();
  let climbed = 0;
  for (const { id, orderId } of await dueMustSees(ctx.db, now, BATCH)) {
    climbed += await runCommand(ctx, { name: 'must-see', request: null }, async (tx) => {
      // Whoever holds it may be acknowledging it just now: the next round looks again.
      const order = await tryLockOrder(tx, orderId);
      return order ? climbDue(tx, id, order, now, options) : 0;
    });
  }
  return { climbed, nextDueAt: await nextMustSeeAt(ctx.db) };
}
