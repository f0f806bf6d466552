import { eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Database } from '@/db/client';
import { relayDestinations } from '@/db/schema';
import { ensured } from '@/domain/errors';
import { RelayPool, type RelayReport, runRelayRound } from './run-relay-round';
import type { RelayTiming } from './serve-destination';
import type { Sinks } from './sink';
import { contextOf } from './testing';

/** A whsec_ secret for tests. */
export const TEST_SECRET = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;

/** A webhook that begins where the log stands. */
export async function makeWebhook(
  db: Database,
  change: Partial<typeof relayDestinations.$inferInsert> = {},
): Promise<string> {
  const id = uuidv7();
  await db.insert(relayDestinations).values({
    ...{ id, kind: 'webhook', name: 'Test', url: 'https://hook.test/', secret: TEST_SECRET },
    ...change,
  });
  return id;
}

export async function destinationIs(db: Database, id: string) {
  const [row] = await db.select().from(relayDestinations).where(eq(relayDestinations.id, id));
  return ensured(row, 'a destination');
}

/** One round, to the end of everything that it began. */
export async function relayOnce(
  db: Database,
  sinks: Sinks,
  { now = new Date(), timing }: { now?: Date; timing?: RelayTiming } = {},
): Promise<RelayReport> {
  const errors: unknown[] = [];
  const pool = new RelayPool({ onError: (error) => errors.push(error) });
  const ctx = contextOf(db, 'relay', { now: () => now });
  const report = await runRelayRound(ctx, sinks, pool, timing);
  await pool.drained();
  const [error] = errors;
  if (error) throw error;
  return report;
}
