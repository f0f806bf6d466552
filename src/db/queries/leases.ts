import { and, eq, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { zoneLeases } from '@/db/schema';

const inSeconds = (seconds: number) => sql`clock_timestamp() + make_interval(secs => ${seconds})`;

/**
 * Takes or renews a zone for so many seconds by the clock of the database; false while another dispatcher
 * has it.
 */
export async function takeZone(
  db: Queryable,
  zoneId: string,
  holder: string,
  seconds: number,
): Promise<boolean> {
  const until = inSeconds(seconds);
  const rows = await db
    .insert(zoneLeases)
    .values({ zoneId, holder, until })
    .onConflictDoUpdate({
      target: zoneLeases.zoneId,
      set: { holder, until },
      setWhere: sql`${zoneLeases.holder} = ${holder} OR ${zoneLeases.until} <= clock_timestamp()`,
    })
    .returning({ zoneId: zoneLeases.zoneId });
  return rows.length === 1;
}

/** Whether a zone is still this dispatcher's, asked inside the transaction that acts on it. */
export async function stillHolds(db: Queryable, zoneId: string, holder: string): Promise<boolean> {
  const held = and(
    eq(zoneLeases.zoneId, zoneId),
    eq(zoneLeases.holder, holder),
    sql`${zoneLeases.until} > clock_timestamp()`,
  );
  return (await db.$count(zoneLeases, held)) === 1;
}

export async function notePlanned(db: Queryable, zoneId: string, at: Date): Promise<void> {
  await db.update(zoneLeases).set({ plannedAt: at }).where(eq(zoneLeases.zoneId, zoneId));
}

/** Leaves all zones of a dispatcher to others at once. */
export async function leaveZones(db: Queryable, holder: string): Promise<void> {
  await db
    .update(zoneLeases)
    .set({ until: sql`clock_timestamp()` })
    .where(eq(zoneLeases.holder, holder));
}
