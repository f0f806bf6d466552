import { getTableColumns, getTableName, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';

type Row = Record<string, unknown>;
type Column = ReturnType<typeof getTableColumns>[string];

/** The statement up to its rows, by table and by the fields that are given. */
const beginnings = new WeakMap<PgTable, Map<string, SQL>>();

function beginningOf(table: PgTable, fields: readonly string[]): SQL {
  const known = beginnings.get(table) ?? new Map<string, SQL>();
  beginnings.set(table, known);
  const key = fields.join();
  let beginning = known.get(key);
  if (!beginning) {
    const columns = getTableColumns(table);
    const names = fields.map((field) => `"${columns[field]?.name}"`).join(', ');
    const name = `"${getTableName(table)}"`;
    beginning = sql.raw(
      `INSERT INTO ${name} (${names}) SELECT ${names} FROM json_populate_recordset(NULL::${name}, `,
    );
    known.set(key, beginning);
  }
  return beginning;
}

/** As a value of JSON that PostgreSQL reads as one of the column's type. */
function toJson(column: Column | undefined, value: unknown): unknown {
  const plain = value === null || column?.dataType === 'json' || column?.dataType === 'array';
  return plain ? value : column?.mapToDriverValue(value);
}

/**
 * An insert for the paths where writing the statement takes as long as running it: its text is the same
 * however many rows there are, made once, and prepared once on each connection. All rows have the same
 * fields; those that are left out have their defaults. `RETURNING` may follow it.
 */
export function insertionOf<Table extends PgTable>(
  table: Table,
  rows: readonly Table['$inferInsert'][],
): SQL {
  const columns = getTableColumns(table);
  const given = (row: Row) => Object.keys(columns).filter((field) => row[field] !== undefined);
  const fields = given(rows[0] ?? {});
  const records = rows.map((row: Row) => {
    if (given(row).join() !== fields.join()) {
      throw new TypeError(`rows for ${getTableName(table)} have different fields`);
    }
    return Object.fromEntries(
      fields.map((field) => [columns[field]?.name, toJson(columns[field], row[field])]),
    );
  });
  return sql`${beginningOf(table, fields)}${JSON.stringify(records)}::json)`;
}
