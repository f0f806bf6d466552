import { eq, inArray } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Database, Transaction } from '@/db/client';
import { nameActor } from '@/db/queries/events';
import {
  drivers,
  installation,
  mustSeeLadders,
  restaurantStaff,
  restaurants,
  users,
  zones,
} from '@/db/schema';
import { DEMO_KITCHEN, DEMO_PASSWORD, DEMO_SIGN_INS } from '@/domain/demo';
import { VEHICLES } from '@/domain/driver';
import { ensured } from '@/domain/errors';
import type { Ladder } from '@/domain/must-see';

export const CITY_ZONE = 'emberhaven';
/** Kept for stories: nobody answers. */
export const DEMO_PHONE = '+12025550123';

/** Nobody may be looking: its tablet rings when somebody does, and the board is not called. */
const DEMO_LADDER: Ladder = {
  ...{ cancelled: [{ kind: 'sound', afterSeconds: 0 }], delayed: [] },
  placed: [
    { kind: 'sound', afterSeconds: 0 },
    { kind: 'louder', afterSeconds: 60 },
    { kind: 'cancel', afterSeconds: 600 },
  ],
};

/** Ties the demo’s account to its kitchen. */
async function seedKitchen(tx: Transaction, userId: string): Promise<void> {
  const [kitchen] = await tx
    .select({ restaurantId: restaurants.id })
    .from(restaurants)
    .where(eq(restaurants.name, DEMO_KITCHEN));
  const { restaurantId } = ensured(kitchen, 'the kitchen of the demo');
  await tx.insert(restaurantStaff).values({ restaurantId, userId });
  await tx
    .insert(mustSeeLadders)
    .values({ restaurantId, ladder: DEMO_LADDER })
    .onConflictDoNothing();
}

type SignIn = (typeof DEMO_SIGN_INS)[number];

/** The accounts that anybody may enter by one click. */
export async function seedSignIns(
  tx: Transaction,
  zoneId: string,
  passwordHash: string,
  signIns: readonly SignIn[],
): Promise<void> {
  for (const { email, name, role } of signIns) {
    const id = uuidv7();
    const account = { id, email, name, role, passwordHash, demo: true };
    await tx.insert(users).values({ ...account, phone: DEMO_PHONE });
    if (role === 'driver') {
      await tx.insert(drivers).values({ userId: id, zoneId, vehicle: VEHICLES[0] });
    }
    if (role === 'kitchen') await seedKitchen(tx, id);
  }
}

/** A demo that is older than one of its sign-ins gets it now. */
export async function completeSignIns(
  db: Database,
  hashPassword: (password: string) => Promise<string>,
): Promise<void> {
  const [here] = await db.select({ demo: installation.demo }).from(installation);
  if (!here?.demo) return;
  const emails = DEMO_SIGN_INS.map(({ email }) => email);
  const known = await db
    .select({ email: users.email })
    .from(users)
    .where(inArray(users.email, emails));
  const missing = DEMO_SIGN_INS.filter(({ email }) => !known.some((one) => one.email === email));
  if (missing.length === 0) return;
  const [zone] = await db.select({ id: zones.id }).from(zones).where(eq(zones.slug, CITY_ZONE));
  const { id: zoneId } = ensured(zone, 'the zone of the demo');
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  await db.transaction(async (tx) => {
    await nameActor(tx, 'system:seed');
    await seedSignIns(tx, zoneId, passwordHash, missing);
  });
}
