import { sql } from 'drizzle-orm';
import { connect } from './client';

/** Drops everything of Hotfoot's in this database; migrations build it up again. */
export async function reset(url: string): Promise<void> {
  const { db, close } = connect(url, { max: 1 });
  try {
    await db.execute(sql`DROP SCHEMA IF EXISTS drizzle CASCADE`);
    await db.execute(sql`DROP SCHEMA public CASCADE`);
    await db.execute(sql`CREATE SCHEMA public`);
  } finally {
    await close();
  }
}
