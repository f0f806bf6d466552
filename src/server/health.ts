import type { Database } from '@/db/client';
import type { Tail } from '@/realtime/tail';
import { type DatabaseHealth, readHealth as readDatabaseHealth } from '@/services/read-health';
import type { Loops } from './loops';
import type { RedisState } from './platform';

export type Health = {
  status: 'ok' | 'unavailable';
  /** Seconds since this process started. */
  uptime: number;
  database: DatabaseHealth['database'];
  /** Seconds since the log was last read, and by how much an open write holds the watermark back. */
  tail: { ok: boolean; secondsSinceRead: number; watermarkAgeSeconds: number | null };
  loops: { name: string; healthy: boolean; secondsSinceRound: number }[];
  /** Besides what is owed: payments that stand differently in the provider's books. */
  payments: DatabaseHealth['payments'] & { mismatches: number };
  /** Whether this node and the others tell each other by Redis; `away` makes nothing fail, but later. */
  redis: RedisState;
  sockets: number;
};

/** What `GET /health` answers: the state of database, tail, loops and payments. */
export async function readHealth(parts: {
  db: Database;
  tail: Tail;
  loops: Loops;
  redis: RedisState;
  sockets: number;
}): Promise<Health> {
  const { database, watermarkAgeSeconds, payments } = await readDatabaseHealth(parts);
  const { healthy, secondsSinceRead } = parts.tail.health();
  return {
    status: database.ok ? 'ok' : 'unavailable',
    uptime: Math.round(process.uptime() * 10) / 10,
    database,
    tail: { ok: healthy, secondsSinceRead, watermarkAgeSeconds },
    loops: parts.loops.health(),
    payments: { ...payments, mismatches: parts.loops.mismatches().length },
    redis: parts.redis,
    sockets: parts.sockets,
  };
}
