import { sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { watermarkAgeSeconds } from '@/db/queries/events';
import type { Tail } from '@/realtime/tail';
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
  sockets: number;
};

function withDeadline<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('deadline passed')), DATABASE_DEADLINE_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** What `GET /health` answers: the state of database, tail and loops. */
export async function readHealth(parts: {
  db: Database;
  tail: Tail;
  loops: Loops;
  sockets: number;
}): Promise<Health> {
  const startedAt = performance.now();
  const watermarkAge = await withDeadline(
    parts.db.execute(sql`SELECT 1`).then(() => watermarkAgeSeconds(parts.db)),
  ).catch(() => null);
  const ok = watermarkAge !== null;
  const { healthy, secondsSinceRead } = parts.tail.health();
  return {
    status: ok ? 'ok' : 'unavailable',
    uptime: Math.round(process.uptime() * 10) / 10,
    database: { ok, milliseconds: ok ? Math.round(performance.now() - startedAt) : null },
    tail: { ok: healthy, secondsSinceRead, watermarkAgeSeconds: watermarkAge },
    loops: parts.loops.health(),
    sockets: parts.sockets,
  };
}
