import { batchReader } from '@/db/batch-reader';
import type { Database } from '@/db/client';
import { type DriverDuty, dutiesOf } from '@/db/queries/drivers';
import { notFound } from '@/domain/errors';
import { type LastFix, offDuty } from '@/domain/position';
import type { ServiceContext } from './context';

/** What is known of a driver whose fixes come in; `last` moves with each fix that is taken. */
type Duty = Omit<DriverDuty, 'last'> & { last: LastFix; checkedAt: number };

/** How long a driver's duty is taken for granted between two looks at the database. */
const RECHECK_MS = 5_000;
/** Drivers who are looked at within so long share a query, milliseconds. */
const GATHER_MS = 20;
const CACHE_SIZE = 200_000;

const seen = new Map<string, Duty>();
const readers = new WeakMap<Database, (driverId: string) => Promise<DriverDuty | null>>();

function readerOf(db: Database) {
  const known = readers.get(db);
  if (known) return known;
  const reader = batchReader((ids) => dutiesOf(db, ids), GATHER_MS);
  readers.set(db, reader);
  return reader;
}

const laterOf = (held: LastFix, stored: LastFix): LastFix =>
  held && (!stored || Date.parse(held.recordedAt) > Date.parse(stored.recordedAt)) ? held : stored;

/** The duty of a driver who reports; refused when they are offline. */
export async function dutyOf(ctx: ServiceContext, driverId: string): Promise<Duty> {
  const nowMs = ctx.now().getTime();
  const cached = seen.get(driverId);
  if (cached && nowMs - cached.checkedAt < RECHECK_MS) return cached;
  const found = await readerOf(ctx.db)(driverId);
  if (!found) throw notFound('driver');
  if (!found.online) {
    seen.delete(driverId);
    throw offDuty();
  }
  // What was written lately may be on its way to the database still: the later fix counts.
  const held = seen.get(driverId)?.last ?? null;
  const fresh = { ...found, last: laterOf(held, found.last), checkedAt: nowMs };
  if (seen.size >= CACHE_SIZE) seen.clear();
  seen.set(driverId, fresh);
  return fresh;
}
