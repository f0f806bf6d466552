import { connect } from '@/db/client';
import { readInstallation } from '@/db/queries/users';
import { seedDemo } from '@/db/seed/demo';
import { hashPassword } from '@/services/passwords';
import { loadCity } from '@/simulation/city';

/** Puts the demo city into an empty database. */
export const seedDemoCity = (url: string): Promise<boolean> =>
  seedDemo(url, { ...loadCity(), hashPassword });

/** Whether this database was filled with the demo city, public passwords included. */
export async function isDemoInstallation(url: string): Promise<boolean> {
  const { db, close } = connect(url, { max: 1 });
  try {
    return (await readInstallation(db))?.demo ?? false;
  } finally {
    await close();
  }
}
