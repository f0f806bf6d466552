import { and, desc, eq, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { savedAddresses } from '@/db/schema';
import type { GeoPoint } from '@/domain/geo';
import type { SavedAddress } from '@/domain/saved-address';

export type KnownAddress = { street: string; number: string; district: string; at: GeoPoint };

const pointAt = ({ lat, lng }: GeoPoint) => sql`ST_MakePoint(${lng}, ${lat})::geography`;
const found = sql`street, number, district, point_image(location::geography) AS at`;

/** So many doors are compared at most: two letters may fit every street of a large city. */
const MOST_COMPARED = 5_000;

/**
 * One door of each street that is spelt about like what was typed: the one with the number that was typed,
 * or else the next one, or without a number the nearest. Best spelt first, then by number and distance.
 */
export async function findKnownAddresses(
  db: Queryable,
  query: string,
  near: GeoPoint,
  limit: number,
): Promise<KnownAddress[]> {
  const close = await compareAddresses(db, query, near, limit);
  if (close.length > 0) return close;
  // Nothing is spelt nearly so: then what is less alike. The operator reads its bound from a setting.
  return db.transaction(async (tx) => {
    await tx.execute(sql`SELECT set_config('pg_trgm.word_similarity_threshold', '0.4', true)`);
    return compareAddresses(tx, query, near, limit);
  });
}

async function compareAddresses(
  db: Queryable,
  query: string,
  near: GeoPoint,
  limit: number,
): Promise<KnownAddress[]> {
  const rows = await db.execute<KnownAddress>(sql`
    WITH typed AS (
      SELECT coalesce(string_agg(word, ' ' ORDER BY n) FILTER (WHERE word !~ '^[0-9]'), '') AS words,
        (array_agg(word ORDER BY n) FILTER (WHERE word ~ '^[0-9]{1,6}[a-z]?$'))[1] AS number
      FROM string_to_table(fold(${query}), ' ') WITH ORDINALITY AS parts (word, n)
    ), nearly AS (
      SELECT * FROM known_addresses WHERE (SELECT words FROM typed) <% search
      UNION ALL
      SELECT * FROM known_addresses
      WHERE (SELECT words FROM typed) = '' AND number = (SELECT number FROM typed)
    ), compared AS (
      SELECT k.street, k.number, k.district, k.location,
        CASE WHEN typed.words = '' THEN 1 ELSE word_similarity(typed.words, k.search) END AS alike,
        CASE WHEN typed.number IS NULL THEN 0 WHEN fold(k.number) = typed.number THEN 0
          ELSE 1 + abs(coalesce(substring(k.number FROM '^[0-9]{1,6}')::integer, 0)
            - substring(typed.number FROM '^[0-9]+')::integer) END AS off
      FROM nearly k, typed
      LIMIT ${MOST_COMPARED}
    ), streets AS (
      SELECT DISTINCT ON (street, district) *, location <-> ${pointAt(near)} AS away FROM compared
      ORDER BY street, district, off, location <-> ${pointAt(near)}
    )
    SELECT ${found} FROM streets
    ORDER BY round(alike::numeric, 1) DESC, off > 0, CASE WHEN off > 0 THEN off ELSE 0 END, away
    LIMIT ${limit}`);
  return [...rows];
}

/** The door nearest to a pin, if there is one within so many metres. */
export async function nearestKnownAddress(
  db: Queryable,
  at: GeoPoint,
  withinM: number,
): Promise<(KnownAddress & { distanceM: number }) | null> {
  const [row] = await db.execute<KnownAddress & { distanceM: number }>(sql`
    SELECT * FROM (
      SELECT ${found}, location <-> ${pointAt(at)} AS "distanceM" FROM known_addresses
      ORDER BY location <-> ${pointAt(at)} LIMIT 1) nearest
    WHERE "distanceM" <= ${withinM}`);
  return row ?? null;
}

const saved = {
  id: savedAddresses.id,
  label: savedAddresses.label,
  address: savedAddresses.address,
  note: savedAddresses.note,
  at: savedAddresses.location,
};

/** A person's own addresses, the last used first. */
export const savedAddressesOf = (db: Queryable, userId: string): Promise<SavedAddress[]> =>
  db
    .select(saved)
    .from(savedAddresses)
    .where(eq(savedAddresses.userId, userId))
    .orderBy(desc(savedAddresses.usedAt), desc(savedAddresses.id));

/** Holds off everybody else who changes this person's addresses, so that they can be counted. */
export async function lockAddressesOf(tx: Transaction, userId: string): Promise<void> {
  await tx.execute(sql`SELECT FROM users WHERE id = ${userId} FOR NO KEY UPDATE`);
}

export async function insertSavedAddress(
  tx: Transaction,
  userId: string,
  { at, ...address }: SavedAddress,
  usedAt: Date,
): Promise<void> {
  await tx.insert(savedAddresses).values({ ...address, userId, location: at, usedAt });
}

/** False when this person has no such address. */
export async function updateSavedAddress(
  tx: Transaction,
  userId: string,
  { id, at, ...change }: SavedAddress,
): Promise<boolean> {
  const rows = await tx
    .update(savedAddresses)
    .set({ ...change, location: at })
    .where(and(eq(savedAddresses.id, id), eq(savedAddresses.userId, userId)))
    .returning({ id: savedAddresses.id });
  return rows.length === 1;
}

export async function touchSavedAddress(
  tx: Transaction,
  userId: string,
  id: string,
  usedAt: Date,
): Promise<boolean> {
  const rows = await tx
    .update(savedAddresses)
    .set({ usedAt })
    .where(and(eq(savedAddresses.id, id), eq(savedAddresses.userId, userId)))
    .returning({ id: savedAddresses.id });
  return rows.length === 1;
}

export async function deleteSavedAddress(
  tx: Transaction,
  userId: string,
  id: string,
): Promise<boolean> {
  const rows = await tx
    .delete(savedAddresses)
    .where(and(eq(savedAddresses.id, id), eq(savedAddresses.userId, userId)))
    .returning({ id: savedAddresses.id });
  return rows.length === 1;
}
