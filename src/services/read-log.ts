import { z } from 'zod';
import type { LogPosition, ReadEvent } from '@/db/queries/events';
import { findEvent, orderIdOfNumber, peopleById, readLog, subjectsOf } from '@/db/queries/log';
import { peopleAmong, readActor } from '@/domain/actor';
import { invalid, notFound } from '@/domain/errors';
import { type LogEvent, STREAM_KINDS } from '@/domain/events';
import { doorOf, LOG_SOURCES, type LogFilter, type LogSource } from '@/domain/log-filter';
import { requireRole, type ServiceContext } from './context';

const Time = z.iso.datetime({ offset: true });

export const LogFilterInput = z.object({
  stream: z.enum(STREAM_KINDS).optional(),
  type: z
    .string()
    .max(60)
    .regex(/^[a-z_.]*$/)
    .optional(),
  orderNumber: z.number().int().min(1).optional(),
  /** Whole, as it stands in the log: `user:<id>`, `system:<part>`, `database:<role>`. */
  actor: z
    .string()
    .max(120)
    .regex(/^[^\0]*$/)
    .optional(),
  source: z.enum(LOG_SOURCES).optional(),
  from: Time.optional(),
  to: Time.optional(),
});

export const ReadLogInput = LogFilterInput.extend({
  /** The place of the last line that is known; left out: from the latest. */
  cursor: z.string().max(60).nullish(),
});

export const ReadEventInput = z.object({ id: z.string().max(60) });

/** A line of the log as it is listed: without its data. */
export type LogLine = Omit<LogEvent, 'data' | 'customerId' | 'driverId' | 'restaurantId'> & {
  /** What it is about: `#1042`, or a name; null when that is gone. */
  subject: string | null;
  /** By which door it came in. */
  source: LogSource;
  /** The person who acted; null when it was none, or is gone. */
  actorName: string | null;
};

const LINES = 50;

function placeOf(id: string): LogPosition {
  const match = /^(\d{1,20})\.(\d{1,18})$/.exec(id);
  if (!match?.[1] || !match[2]) {
    throw invalid({
      reason: 'cursor_unknown',
      message: 'This is not a place in this list.',
      hint: 'Start again from the top of the list.',
    });
  }
  return { xid: match[1], position: match[2] };
}

/** The filter with the order's id in place of its number; null when there is no such order. */
export async function filterOf(
  ctx: ServiceContext,
  { orderNumber, ...filter }: z.infer<typeof LogFilterInput>,
): Promise<LogFilter | null> {
  if (orderNumber === undefined) return filter;
  const orderId = await orderIdOfNumber(ctx.db, orderNumber);
  return orderId ? { ...filter, orderId } : null;
}

/** Lines as they are listed, with the names of who acted and of what they are about. */
export async function toLines(ctx: ServiceContext, read: readonly ReadEvent[]): Promise<LogLine[]> {
  if (read.length === 0) return [];
  const events = read.map(({ event }) => event);
  const subjects = await subjectsOf(ctx.db, [...new Set(events.map(({ streamId }) => streamId))]);
  const people = await peopleById(ctx.db, peopleAmong(events.map(({ actor }) => actor)));
  return read.map(({ event: { id, stream, streamId, version, type, actor, at }, byApi }) => ({
    ...{ id, stream, streamId, version, type, actor, at },
    source: doorOf(readActor(actor).source, byApi),
    subject: subjects.get(streamId) ?? null,
    actorName: people[readActor(actor).id]?.name ?? null,
  }));
}

/** The log, latest first, page by page. */
export async function listLog(
  ctx: ServiceContext,
  { cursor, ...input }: z.infer<typeof ReadLogInput>,
): Promise<{ lines: LogLine[]; next: string | null }> {
  requireRole(ctx, 'admin');
  const place = cursor ? placeOf(cursor) : null;
  const filter = await filterOf(ctx, input);
  if (!filter) return { lines: [], next: null };
  const read = await readLog(ctx.db, filter, place, LINES + 1);
  const lines = await toLines(ctx, read.slice(0, LINES));
  return { lines, next: read.length > LINES ? (lines.at(-1)?.id ?? null) : null };
}

/** One line of the log with all that it holds. */
export async function readEvent(
  ctx: ServiceContext,
  { id }: z.infer<typeof ReadEventInput>,
): Promise<LogEvent> {
  requireRole(ctx, 'admin');
  const event = await findEvent(ctx.db, placeOf(id));
  if (!event) throw notFound('event');
  return event;
}
