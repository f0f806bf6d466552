import { and, asc, eq } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { menuItems, restaurantStaff, restaurants, users } from '@/db/schema';

export type Tie = { restaurantId: string; userId: string };

/** False when they were tied already. */
export async function tie(db: Queryable, { restaurantId, userId }: Tie): Promise<boolean> {
  const rows = await db
    .insert(restaurantStaff)
    .values({ restaurantId, userId })
    .onConflictDoNothing()
    .returning({ userId: restaurantStaff.userId });
  return rows.length === 1;
}

const isTie = ({ restaurantId, userId }: Tie) =>
  and(eq(restaurantStaff.restaurantId, restaurantId), eq(restaurantStaff.userId, userId));

/** False when they were not tied. */
export async function untie(db: Queryable, wanted: Tie): Promise<boolean> {
  const rows = await db
    .delete(restaurantStaff)
    .where(isTie(wanted))
    .returning({ userId: restaurantStaff.userId });
  return rows.length === 1;
}

export async function isTied(db: Queryable, wanted: Tie): Promise<boolean> {
  const rows = await db
    .select({ userId: restaurantStaff.userId })
    .from(restaurantStaff)
    .where(isTie(wanted));
  return rows.length === 1;
}

/** The ids of the restaurants that a person acts for. Uses `restaurant_staff_user`. */
export async function tiedRestaurants(db: Queryable, userId: string): Promise<string[]> {
  const rows = await db
    .select({ id: restaurantStaff.restaurantId })
    .from(restaurantStaff)
    .where(eq(restaurantStaff.userId, userId));
  return rows.map(({ id }) => id);
}

export type StaffMember = { userId: string; name: string; email: string };

export async function staffOf(db: Queryable, restaurantId: string): Promise<StaffMember[]> {
  return db
    .select({ userId: users.id, name: users.name, email: users.email })
    .from(restaurantStaff)
    .innerJoin(users, eq(users.id, restaurantStaff.userId))
    .where(eq(restaurantStaff.restaurantId, restaurantId))
    .orderBy(asc(users.name));
}

export type Kitchen = { slug: string; name: string; cuisine: string };

/** The restaurants that a person acts for. Uses `restaurant_staff_user`. */
export async function kitchensOf(db: Queryable, userId: string): Promise<Kitchen[]> {
  return db
    .select({ slug: restaurants.slug, name: restaurants.name, cuisine: restaurants.cuisine })
    .from(restaurantStaff)
    .innerJoin(restaurants, eq(restaurants.id, restaurantStaff.restaurantId))
    .where(eq(restaurantStaff.userId, userId))
    .orderBy(asc(restaurants.name));
}

export async function restaurantOfItem(db: Queryable, itemId: string): Promise<string | null> {
  const [row] = await db
    .select({ restaurantId: menuItems.restaurantId })
    .from(menuItems)
    .where(eq(menuItems.id, itemId));
  return row?.restaurantId ?? null;
}
