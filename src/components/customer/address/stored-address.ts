import type { SavedAddress } from '@/domain/saved-address';
import type { Place } from './default-place';

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const within = (value: unknown, limit: number): value is number =>
  typeof value === 'number' && Math.abs(value) <= limit;
const short = (value: unknown, most: number): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= most;

/** What a browser kept, if it is a place. Written by hand: the first page carries no schemas. */
export function parsePlace(value: unknown): Place | null {
  if (!isFields(value) || !isFields(value.at)) return null;
  const { lat, lng } = value.at;
  if (!within(lat, 90) || !within(lng, 180) || !short(value.address, 200)) return null;
  const note = short(value.note, 300) ? { note: value.note } : {};
  return { at: { lat, lng }, address: value.address, ...note };
}

/** The addresses that a browser kept; what is none is left out. */
export function parseAddresses(value: unknown): SavedAddress[] | null {
  if (!Array.isArray(value)) return null;
  return value.flatMap((entry: unknown) => {
    const place = parsePlace(entry);
    if (!place || !isFields(entry) || !short(entry.id, 40) || !short(entry.label, 40)) return [];
    return [{ id: entry.id, label: entry.label, note: '', ...place }];
  });
}
