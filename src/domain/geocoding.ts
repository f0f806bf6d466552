import type { GeoPoint } from './geo';

/** A door: where it is and what it is called. */
export type Address = { at: GeoPoint; address: string };

/** Turns what people type into doors, and a pin into the door that is nearest. */
export type Geocoder = {
  /** The best first; doors near `near` come before others that are as good. */
  search(query: string, near: GeoPoint): Promise<Address[]>;
  /** The nearest door, or null when none is known around. */
  reverse(at: GeoPoint): Promise<Address | null>;
};

export const ADDRESSES_FOUND = 6;

/** "12 Harbour Street, Old Town": what is missing is left out. */
export const addressWords = (parts: {
  number?: string | undefined;
  street?: string | undefined;
  area?: string | undefined;
}): string =>
  [[parts.number, parts.street].filter(Boolean).join(' '), parts.area].filter(Boolean).join(', ');
