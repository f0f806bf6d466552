import {
  countDay,
  dueDays,
  markDeleted,
  markOrders,
  markPassingTime,
  noteDuty,
} from '@/db/queries/analytics-rollup';
import { readFeed } from '@/db/queries/events';
import { claimCursor, moveCursor } from '@/db/queries/relay';
import { runCommand } from './command';
import type { ServiceContext } from './context';

const READER = 'analytics';
const BATCH = 1_000;
/** So many days are computed between two looks at the log. */
const DAYS_AT_ONCE = 8;
/** Drivers are on duty without anything happening: their time is counted on this often, seconds. */
const PASSING_TIME_S = 30;

/** Of these, no figure tells. */
const BESIDE = /^(message|share|menu_item|restaurant)\.|^order\.eta_changed$|^delivery\.imminent$/;

const command = { name: 'count-figures', request: null };

/** Marks what the log brings as changed; returns how many events were read. */
async function readLog(ctx: ServiceContext): Promise<number> {
  return runCommand(ctx, command, async (tx) => {
    const place = await claimCursor(tx, READER);
    if (!place) return 0;
    const read = await readFeed(tx, 'all', place, BATCH);
    const last = read.at(-1);
    if (!last) return 0;
    const events = read.map(({ event }) => event).filter(({ type }) => !BESIDE.test(type));
    for (const { streamId: driverId, at, data } of events) {
      if (!data.driver) continue;
      const onDuty = data.driver.online && data.driver.breakSince === null;
      await noteDuty(tx, { driverId, onDuty, at });
    }
    for (const { type, data } of events) {
      if (type === 'order.deleted' && data.order) await markDeleted(tx, data.order);
    }
    const orders = events.filter(({ stream }) => stream === 'order');
    await markOrders(tx, [...new Set(orders.map(({ streamId }) => streamId))]);
    await moveCursor(tx, READER, last.place);
    return read.length;
  });
}

/**
 * `againMs`: what it took to count days that had been counted before; `more`: there may be more to do at once.
 */
export type AnalyticsRound = { events: number; days: number; againMs: number; more: boolean };

/**
 * Brings the figures of the admins up to date, some days at a time, each in its turn. May run anywhere, several
 * at once: a day is computed as a whole from its rows, so whatever crashes or happens twice, the figures are
 * the same.
 */
export async function runAnalyticsRound(ctx: ServiceContext): Promise<AnalyticsRound> {
  const report: AnalyticsRound = { events: 0, days: 0, againMs: 0, more: false };
  for (let read = BATCH; read === BATCH; report.events += read) read = await readLog(ctx);
  await markPassingTime(ctx.db, ctx.now(), PASSING_TIME_S);
  const due = await dueDays(ctx.db, DAYS_AT_ONCE);
  for (const day of due) {
    const startedAt = performance.now();
    const counted = await runCommand(ctx, command, (tx) => countDay(tx, day, ctx.now()));
    if (day.again) report.againMs += performance.now() - startedAt;
    if (counted) report.days += 1;
  }
  report.more = due.length === DAYS_AT_ONCE;
  return report;
}
