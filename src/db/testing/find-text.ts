import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';

/**
 * The tables, each with how many rows, in any column of which one of these texts stands, in whatever case.
 * Asks the catalogue, so that a new table is looked through without anybody thinking of it.
 */
export async function tablesWith(
  db: Queryable,
  needles: readonly string[],
): Promise<Record<string, number>> {
  const tables = await db.execute<{ name: string }>(sql`
    SELECT quote_ident(table_name) AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`);
  const found: Record<string, number> = {};
  for (const { name } of tables) {
    for (const needle of needles) {
      const [row] = await db.execute<{ rows: number }>(sql`
        SELECT count(*)::int AS rows FROM ${sql.raw(name)} AS looked
        WHERE position(lower(${needle}) IN lower(looked::text)) > 0`);
      if (row && row.rows > 0) found[name] = (found[name] ?? 0) + row.rows;
    }
  }
  return found;
}
