import { sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { watermarkAgeSeconds } from '@/db/queries/events';
import { paymentBacklog } from '@/db/queries/payments';
import type { Tail } from '@/realtime/tail';
import { ATTENTION_AFTER_ATTEMPTS } from '@/services/run-payments-round';
import type { Loops } from './loops';

const DATABASE_DEADLINE_MS = 2_000;

export type Health = {
  status: 'ok' | 'unavailable';
  /** Seconds since this process started. */
  uptime: number;
  database: { ok: boolean; milliseconds: number | null };
  /** Seconds since the log was last read, and by how much an open write holds the watermark back. */
  tail: { ok: boolean; secondsSinceRead: number; watermarkAgeSeconds: number | null };
  loops: { name: string; healthy: boolean; secondsSinceRound: number }[];
  /**
   * Captures, releases and refunds that providers are owed; how many of them have failed so often that a
   * person should look; and payments that stand differently in the provider's books.
   */
  payments: { owed: number | null; attention: number | null; mismatches: number };
  sockets: number;
};

function withDeadline<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('deadline passed')), DATABASE_DEADLINE_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

async function readDatabase(db: Database) {
  await db.execute(sql`SELECT 1`);
  const watermarkAge = await watermarkAgeSeconds(db);
  return { watermarkAge, backlog: await paymentBacklog(db, ATTENTION_AFTER_ATTEMPTS) };
}

/** What `GET /health` answers: the state of database, tail, loops and payments. */
export async function readHealth(parts: {
  db: Database;
  tail: Tail;
  loops: Loops;
  sockets: number;
}): Promise<Health> {
  const startedAt = performance.now();
  const found = await withDeadline(readDatabase(parts.db)).catch(() => null);
  const ok = found !== null;
  const { healthy, secondsSinceRead } = parts.tail.health();
  return {
    status: ok ? 'ok' : 'unavailable',
    uptime: Math.round(process.uptime() * 10) / 10,
    database: { ok, milliseconds: ok ? Math.round(performance.now() - startedAt) : null },
    tail: { ok: healthy, secondsSinceRead, watermarkAgeSeconds: found?.watermarkAge ?? null },
    loops: parts.loops.health(),
    payments: {
      owed: found?.backlog.owed ?? null,
      attention: found?.backlog.attention ?? null,
      mismatches: parts.loops.mismatches().length,
    },
    sockets: parts.sockets,
  };
}
