import { sql } from 'drizzle-orm';
import { connect } from '@/db/client';
import { migrate } from '@/db/migrate';
import { restaurants } from '@/db/schema';
import { ALWAYS_OPEN } from '@/domain/opening-hours';
import { seedDemoCity } from '@/server/demo-city';

/** The demo city, at whatever hour the tests run: each sets the hours that it is about. */
export async function makeCity(url: string): Promise<void> {
  await migrate(url);
  await seedDemoCity(url);
  const connection = connect(url, { max: 1 });
  await connection.db.update(restaurants).set({ hours: ALWAYS_OPEN }).where(sql`true`);
  await connection.close();
}
