import { eq } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { menuItems, photos, restaurants } from '@/db/schema';

export type PhotoOf = 'restaurant' | 'dish';

export async function insertPhoto(
  tx: Transaction,
  photo: typeof photos.$inferInsert,
): Promise<void> {
  await tx.insert(photos).values(photo);
}

export async function findPhoto(db: Queryable, id: string) {
  const [row] = await db.select().from(photos).where(eq(photos.id, id));
  return row ?? null;
}

export async function deletePhoto(tx: Transaction, id: string): Promise<void> {
  await tx.delete(photos).where(eq(photos.id, id));
}

/** Whose it is, and the photo that there is now; null when there is no such thing. */
export async function photoPlace(db: Queryable, of: PhotoOf, id: string) {
  const [row] =
    of === 'restaurant'
      ? await db
          .select({ restaurantId: restaurants.id, photoId: restaurants.photoId })
          .from(restaurants)
          .where(eq(restaurants.id, id))
      : await db
          .select({ restaurantId: menuItems.restaurantId, photoId: menuItems.photoId })
          .from(menuItems)
          .where(eq(menuItems.id, id));
  return row ?? null;
}
