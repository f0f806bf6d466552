import type { Backend } from './backend';
import type { Front } from './front';
import { textRows } from './protocol';

const EVERY_MS = 15_000;
const CHECKPOINT_BYTES = 64 * 1024 * 1024;

// The thresholds of PostgreSQL's autovacuum.
const UNTIDY = `
  select format('%I.%I', schemaname, relname) from pg_stat_user_tables
  where n_dead_tup > 50 + 0.2 * n_live_tup or n_mod_since_analyze > 50 + 0.1 * n_live_tup
  order by n_dead_tup desc limit 1`;

/**
 * Does what a server's checkpointer and autovacuum do: the engine is one process and has neither,
 * so its log of writes and its dead rows would grow without end. Returns what stops it.
 */
export function keepTidy(front: Pick<Front, 'between'>): () => void {
  let lastCheckpoint = 0;
  const timer = setInterval(() => {
    front.between((backend) => {
      const written = Number(single(backend, "select pg_current_wal_lsn() - '0/0'::pg_lsn"));
      if (written - lastCheckpoint > CHECKPOINT_BYTES) {
        backend.sql('checkpoint');
        lastCheckpoint = written;
      }
      const table = single(backend, UNTIDY);
      if (table) backend.sql(`vacuum (analyze) ${table}`);
    });
  }, EVERY_MS);
  return () => clearInterval(timer);
}

const single = (backend: Backend, sql: string): string | null =>
  textRows(backend.sql(sql))[0]?.[0] ?? null;
