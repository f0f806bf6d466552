import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';

/** What the database says of itself: for health and for the doctor. */

/** Rejects when it does not answer. */
export async function pingDatabase(db: Queryable): Promise<void> {
  await db.execute(sql`SELECT 1`);
}

/** `number` as in 150004. */
export async function serverVersion(
  db: Queryable,
): Promise<{ number: number; version: string } | null> {
  const [row] = await db.execute<{ number: number; version: string }>(sql`
    SELECT current_setting('server_version_num')::int AS number,
      current_setting('server_version') AS version`);
  return row ?? null;
}

/** Null where it is not installed. */
export async function postgisVersion(db: Queryable): Promise<string | null> {
  const [row] = await db.execute<{ version: string }>(
    sql`SELECT extversion AS version FROM pg_extension WHERE extname = 'postgis'`,
  );
  return row?.version ?? null;
}

/** The times by which the journal knows the migrations that are applied here. */
export async function appliedMigrations(db: Queryable): Promise<ReadonlySet<number>> {
  const [table] = await db.execute<{ there: boolean }>(
    sql`SELECT to_regclass('drizzle.__drizzle_migrations') IS NOT NULL AS there`,
  );
  if (!table?.there) return new Set();
  const rows = await db.execute<{ when: string }>(
    sql`SELECT created_at::text AS when FROM drizzle.__drizzle_migrations`,
  );
  return new Set(rows.map(({ when }) => Number(when)));
}

/** Every spatial column, as `table.column`, and what its coordinates are in. */
export async function spatialColumns(db: Queryable): Promise<{ name: string; srid: number }[]> {
  return db.execute<{ name: string; srid: number }>(sql`
    SELECT f_table_name || '.' || f_geography_column AS name,
      -- A geography that names none is in 4326.
      coalesce(nullif(srid, 0), 4326) AS srid FROM geography_columns
    WHERE f_table_schema = 'public'
    UNION ALL SELECT f_table_name || '.' || f_geometry_column, srid FROM geometry_columns
    WHERE f_table_schema = 'public' ORDER BY 1`);
}

/** The clock of the database, seconds since 1970. */
export async function databaseClock(db: Queryable): Promise<number> {
  const [row] = await db.execute<{ at: number }>(
    sql`SELECT extract(epoch FROM clock_timestamp())::float8 AS at`,
  );
  return row?.at ?? 0;
}
