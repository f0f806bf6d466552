import { z } from 'zod';
import type { Queryable } from '@/db/client';
import { findKnownAddresses, type KnownAddress, nearestKnownAddress } from '@/db/queries/addresses';
import { type GeoPoint, haversineMeters } from '@/domain/geo';
import { GeoPointSchema } from '@/domain/geo-point';
import { ADDRESSES_FOUND, type Address, addressWords, type Geocoder } from '@/domain/geocoding';
import { Text } from '@/domain/text';
import type { ServiceContext } from './context';

/** Farther from any door than this, a pin has no address, metres. */
const AROUND_M = 500;
/** A pin this near to a door is at it, metres. */
const AT_THE_DOOR_M = 60;

const named = ({ at, number, street, district }: KnownAddress): Address => ({
  at,
  address: addressWords({ number, street, area: district }),
});

/** The geocoder that is always there: the doors in our own table. */
export const builtInGeocoder = (db: Queryable): Geocoder => ({
  search: async (query, near) =>
    (await findKnownAddresses(db, query, near, ADDRESSES_FOUND)).map(named),
  async reverse(at) {
    const nearest = await nearestKnownAddress(db, at, AROUND_M);
    return nearest && named(nearest);
  },
});

const geocoderOf = (ctx: ServiceContext): Geocoder => {
  const builtIn = builtInGeocoder(ctx.db);
  return ctx.outsideGeocoder?.(builtIn) ?? builtIn;
};

export const FindAddressInput = z.object({
  q: Text.trim().min(2).max(120),
  near: GeoPointSchema,
});

/** Doors that are called about what was typed. */
export const findAddress = (
  ctx: ServiceContext,
  { q, near }: z.infer<typeof FindAddressInput>,
): Promise<Address[]> => geocoderOf(ctx).search(q, near);

/** What a pin is called: the door it is at, or the one that it is near; null: nothing is known there. */
export async function nameAddress(
  ctx: ServiceContext,
  at: GeoPoint,
): Promise<{ address: string; atTheDoor: boolean } | null> {
  const nearest = await geocoderOf(ctx).reverse(at);
  return (
    nearest && {
      address: nearest.address,
      atTheDoor: haversineMeters(nearest.at, at) <= AT_THE_DOOR_M,
    }
  );
}
