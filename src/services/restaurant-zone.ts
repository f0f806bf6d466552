import type { Transaction } from '@/db/client';
import { zoneAt } from '@/db/queries/restaurant-edits';
import { invalid } from '@/domain/errors';
import type { GeoPoint } from '@/domain/geo';

/** The zone that dispatches for a place, which gives it its time zone and its currency. */
export async function zoneOfPlace(tx: Transaction, at: GeoPoint) {
  const zone = await zoneAt(tx, at);
  if (zone) return zone;
  throw invalid({
    reason: 'outside_zones',
    message: 'No zone of ours reaches this place.',
    hint: 'Move the pin into a zone, or draw a zone around it first.',
  });
}
