import { sql } from 'drizzle-orm';
import type { Transaction } from '@/db/client';
import type { LogPosition } from './events';

/**
 * Takes a reader's place in the log for this transaction; null while another process has it. A reader
 * that is new begins at the watermark: what came before is not its business.
 */
export async function claimCursor(tx: Transaction, name: string): Promise<LogPosition | null> {
  await tx.execute(sql`
    INSERT INTO relay_cursors (name, xid, position)
    VALUES (${name}, pg_snapshot_xmin(pg_current_snapshot()), 0) ON CONFLICT DO NOTHING`);
  const [row] = await tx.execute<LogPosition>(sql`
    SELECT xid::text AS xid, position::text AS position FROM relay_cursors
    WHERE name = ${name} FOR UPDATE SKIP LOCKED`);
  return row ? { xid: row.xid, position: row.position } : null;
}

export async function moveCursor(
  tx: Transaction,
  name: string,
  { xid, position }: LogPosition,
): Promise<void> {
  await tx.execute(sql`
    UPDATE relay_cursors SET xid = ${xid}::xid8, position = ${position}::bigint WHERE name = ${name}`);
}
