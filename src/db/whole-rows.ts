import { getTableColumns, getTableName, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Queryable } from './client';

type Field = [field: string, column: ReturnType<typeof getTableColumns>[string]];

/** What is asked of a table, and how its answer is read. */
type Known = { beginning: SQL; fields: Field[] };
const tables = new WeakMap<PgTable, Known>();

function known(table: PgTable): Known {
  let one = tables.get(table);
  if (!one) {
    const fields = Object.entries(getTableColumns(table));
    const names = fields.map(([, { name }]) => `"${name}"`).join(', ');
    one = { beginning: sql.raw(`SELECT ${names} FROM "${getTableName(table)}" `), fields };
    tables.set(table, one);
  }
  return one;
}

/**
 * Whole rows of a table, for the paths where writing the statement takes as long as running it: the names of
 * its columns are put together once. `rest` is what follows, `WHERE …` and so on.
 */
export async function wholeRows<Table extends PgTable>(
  db: Queryable,
  table: Table,
  rest: SQL,
): Promise<Table['$inferSelect'][]> {
  const { beginning, fields } = known(table);
  const rows = await db.execute<Record<string, unknown>>(sql`${beginning}${rest}`);
  return rows.map((row) => {
    const read: Record<string, unknown> = {};
    for (const [field, column] of fields) {
      const value = row[column.name] ?? null;
      read[field] = value === null ? null : column.mapFromDriverValue(value);
    }
    return read;
  });
}
