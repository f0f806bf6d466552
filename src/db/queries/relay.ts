import { sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { ensured } from '@/domain/errors';
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

/**
 * A reader's place without taking it, for one whose repeats are harmless: several may read on from it at
 * once. New ones begin at the watermark.
 */
export async function peekCursor(db: Queryable, name: string): Promise<LogPosition> {
  await db.execute(sql`
    INSERT INTO relay_cursors (name, xid, position)
    VALUES (${name}, pg_snapshot_xmin(pg_current_snapshot()), 0) ON CONFLICT DO NOTHING`);
  const [row] = await db.execute<LogPosition>(sql`
    SELECT xid::text AS xid, position::text AS position FROM relay_cursors WHERE name = ${name}`);
  return ensured(row && { xid: row.xid, position: row.position }, 'the place of a reader');
}

/** Moves it from one place to another; false when somebody else has moved it. */
export async function advanceCursor(
  db: Queryable,
  name: string,
  from: LogPosition,
  to: LogPosition,
): Promise<boolean> {
  const rows = await db.execute(sql`
    UPDATE relay_cursors SET xid = ${to.xid}::xid8, position = ${to.position}::bigint
    WHERE name = ${name} AND xid = ${from.xid}::xid8 AND position = ${from.position}::bigint
    RETURNING name`);
  return rows.length === 1;
}
