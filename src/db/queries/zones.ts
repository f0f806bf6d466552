import { asc } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { zones } from '@/db/schema';

/** The oldest zone, where new drivers begin. */
export async function firstZone(db: Queryable): Promise<string | null> {
  const [row] = await db.select({ id: zones.id }).from(zones).orderBy(asc(zones.id)).limit(1);
  return row?.id ?? null;
}
