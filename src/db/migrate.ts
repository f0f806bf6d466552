import { sql } from 'drizzle-orm';
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator';
import { connect } from './client';

/** Any number that no other user of this database takes. */
const MIGRATION_LOCK = 4_671_368;

/** Brings the database up to date; several processes may call it at once. */
export async function migrate(url: string, folder = 'drizzle'): Promise<void> {
  const connection = connect(url, { max: 1 });
  try {
    await connection.db.execute(sql`SELECT pg_advisory_lock(${MIGRATION_LOCK})`);
    await applyMigrations(connection.db, { migrationsFolder: folder });
    await connection.db.execute(sql`SELECT pg_advisory_unlock(${MIGRATION_LOCK})`);
  } finally {
    await connection.close();
  }
}
