import type { Queryable } from '@/db/client';
import { driversOfZone } from '@/db/queries/eta';

/** As often as the estimates of what is open are made anew, milliseconds. */
const KEPT_MS = 2_000;
const ZONES_KNOWN = 10_000;

type Drivers = Awaited<ReturnType<typeof driversOfZone>>;
const kept = new Map<string, { drivers: Drivers; until: number }>();

/**
 * How many drivers of a zone are online, and free, as it was up to two seconds ago: counting thousands of them
 * for each quote took as long as all else that a quote reads.
 */
export async function driversAround(db: Queryable, zoneId: string): Promise<Drivers> {
  const known = kept.get(zoneId);
  if (known && known.until > performance.now()) return known.drivers;
  const drivers = await driversOfZone(db, zoneId);
  if (kept.size >= ZONES_KNOWN) kept.clear();
  kept.set(zoneId, { drivers, until: performance.now() + KEPT_MS });
  return drivers;
}
