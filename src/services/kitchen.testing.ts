import { eq } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { users } from '@/db/schema';
import { makeTown, makeUser, type Town, type TownOptions } from '@/db/testing/town';
import { ensured } from '@/domain/errors';
import type { Viewer } from '@/domain/roles';
import { contextOf, key } from './testing';
import { tieStaff } from './tie-staff';

/** Somebody who acts for the restaurant of this town. */
export async function makeCook(db: Database, town: Town): Promise<Viewer> {
  const cook = await makeUser(db, 'kitchen', 'Kit Ladle');
  const [row] = await db.select().from(users).where(eq(users.id, cook.userId));
  const { email } = ensured(row, 'the cook');
  const { restaurantId } = town;
  await tieStaff(contextOf(db, town.admin), { ...key(), restaurantId, email });
  return cook;
}

/** A restaurant with somebody at the tablet, who answers by hand unless it is said otherwise. */
export async function staffedTown(db: Database, options: TownOptions = {}) {
  const town = await makeTown(db, { autoAccept: false, ...options });
  return { town, cook: await makeCook(db, town) };
}
