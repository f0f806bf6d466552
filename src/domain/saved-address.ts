import type { GeoPoint } from './geo';

/** Labels that have a word in every language; a person has one address of each. */
export const ADDRESS_LABELS = ['home', 'work'] as const;

export const MOST_ADDRESSES = 20;

/** What a person keeps of an address. */
export type SavedAddress = {
  id: string;
  /** `home`, `work`, or a word of their own. */
  label: string;
  address: string;
  /** For the driver. */
  note: string;
  at: GeoPoint;
};
