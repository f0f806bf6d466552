import { and, eq, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { relayLetters } from '@/db/schema';
import type { LogEvent } from '@/domain/events';
import { type EventRow, eventColumns, toRead } from './events';

/** What has not been taken; an event that is dead already stays as it is. */
export async function buryEvent(
  db: Queryable,
  letter: {
    destinationId: string;
    event: LogEvent;
    position: string;
    attempts: number;
    error: string;
  },
): Promise<void> {
  const { destinationId, event, position, attempts, error } = letter;
  await db
    .insert(relayLetters)
    .values({
      ...{ destinationId, eventId: event.id, position: Number(position) },
      ...{ eventType: event.type, attempts, lastError: error },
    })
    .onConflictDoNothing();
}

export type DueRelayLetter = { id: string; attempts: number; event: LogEvent | null };

/** The oldest letter that was redriven and is due; its event is null when the log forgot it. */
export async function dueRelayLetter(
  db: Queryable,
  destinationId: string,
  now: Date,
): Promise<DueRelayLetter | null> {
  const [letter] = await db.execute<{ id: string; attempts: number; at: string }>(sql`
    SELECT id, attempts, position::text AS at FROM relay_letters
    WHERE destination_id = ${destinationId} AND status = 'waiting'
      AND next_attempt_at <= ${now.toISOString()}::timestamptz
    ORDER BY next_attempt_at, id LIMIT 1`);
  if (!letter) return null;
  const [row] = await db.execute<EventRow>(
    sql`SELECT ${eventColumns} FROM events WHERE position = ${letter.at}::bigint`,
  );
  const { id, attempts } = letter;
  return { id, attempts, event: row ? toRead(row).event : null };
}

/** Compare-and-set: who comes late changes nothing. */
export async function closeRelayLetter(
  db: Queryable,
  id: string,
  outcome: { status: 'sent' } | { status: 'dead'; error: string },
  attempts: number,
): Promise<void> {
  const error = outcome.status === 'dead' ? { lastError: outcome.error } : {};
  await db
    .update(relayLetters)
    .set({ status: outcome.status, attempts, ...error })
    .where(and(eq(relayLetters.id, id), eq(relayLetters.status, 'waiting')));
}

export async function postponeRelayLetter(
  db: Queryable,
  id: string,
  failure: { attempts: number; error: string; until: Date },
): Promise<void> {
  await db
    .update(relayLetters)
    .set({ attempts: failure.attempts, lastError: failure.error, nextAttemptAt: failure.until })
    .where(and(eq(relayLetters.id, id), eq(relayLetters.status, 'waiting')));
}
