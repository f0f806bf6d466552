import * as v from 'valibot';
import type { SavedAddress } from '@/domain/saved-address';
import type { Place } from './default-place';

const degrees = (most: number) => v.pipe(v.number(), v.minValue(-most), v.maxValue(most));
const text = (most: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(most));

const PlaceSchema = v.object({
  at: v.object({ lat: degrees(90), lng: degrees(180) }),
  address: text(200),
  /** A note that is none is left out. */
  note: v.fallback(v.optional(text(300)), undefined),
});

const SavedSchema = v.object({
  ...PlaceSchema.entries,
  id: text(40),
  label: text(40),
  note: v.fallback(v.optional(text(300), ''), ''),
});

/** What a browser kept, if it is a place. */
export function parsePlace(value: unknown): Place | null {
  const { success, output } = v.safeParse(PlaceSchema, value);
  if (!success) return null;
  const { note, ...place } = output;
  return note === undefined ? place : { ...place, note };
}

/** The addresses that a browser kept; what is none is left out. */
export function parseAddresses(value: unknown): SavedAddress[] | null {
  if (!Array.isArray(value)) return null;
  return value.flatMap((entry: unknown) => {
    const { success, output } = v.safeParse(SavedSchema, entry);
    return success ? [output] : [];
  });
}
