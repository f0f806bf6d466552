import { minorUnits, typedAmount } from '@/domain/money';
import type { RestaurantDesk } from '@/domain/restaurant-desk';
import { type RestaurantDetails, RestaurantDetailsSchema } from '@/domain/restaurant-details';

const AMOUNTS = ['minimumOrder', 'deliveryFeeBase', 'deliveryFeePerKm'] as const;
const NUMBERS = ['prepMinutes', 'slotMinutes', 'slotCapacity'] as const;
type Number = (typeof AMOUNTS)[number] | (typeof NUMBERS)[number] | 'taxBp' | 'phone';

/** What stands in the fields: numbers as they are typed. */
export type DetailsDraft = Omit<RestaurantDetails, Number> & Record<Number, string>;
export type DetailsField = keyof RestaurantDetails;

const PERCENT = 100;

export function draftOf({ restaurant, phone }: RestaurantDesk): DetailsDraft {
  const { name, kind, cuisine, description, address, location, currency } = restaurant;
  const { autoAccept, pickupOffered, taxBp } = restaurant;
  const amount = (value: number) => typedAmount(value, currency);
  return {
    ...{ name, kind, cuisine, description, address, location, autoAccept, pickupOffered },
    phone: phone ?? '',
    minimumOrder: amount(restaurant.minimumOrder),
    deliveryFeeBase: amount(restaurant.deliveryFeeBase),
    deliveryFeePerKm: amount(restaurant.deliveryFeePerKm),
    prepMinutes: String(restaurant.prepMinutes),
    slotMinutes: String(restaurant.slotMinutes),
    slotCapacity: String(restaurant.slotCapacity),
    taxBp: String(taxBp / PERCENT),
  };
}

const whole = (typed: string): number =>
  /^\d{1,5}$/.test(typed.trim()) ? Number(typed) : Number.NaN;
const percent = (typed: string): number =>
  /^\d{1,3}([.,]\d{1,2})?$/.test(typed.trim())
    ? Math.round(Number(typed.trim().replace(',', '.')) * PERCENT)
    : Number.NaN;

/** What was typed as it is sent, or the fields that make no sense. */
export function detailsFrom(
  draft: DetailsDraft,
  currency: string,
): { details: RestaurantDetails } | { wrong: ReadonlySet<DetailsField> } {
  const amount = (typed: string) => minorUnits(typed, currency) ?? Number.NaN;
  const read = RestaurantDetailsSchema.safeParse({
    ...draft,
    phone: draft.phone.trim() === '' ? null : draft.phone.replace(/[\s()-]/g, ''),
    minimumOrder: amount(draft.minimumOrder),
    deliveryFeeBase: amount(draft.deliveryFeeBase),
    deliveryFeePerKm: amount(draft.deliveryFeePerKm),
    prepMinutes: whole(draft.prepMinutes),
    slotMinutes: whole(draft.slotMinutes),
    slotCapacity: whole(draft.slotCapacity),
    taxBp: percent(draft.taxBp),
  });
  if (read.success) return { details: read.data };
  const fields = read.error.issues.map(({ path }) => path[0] as DetailsField);
  return { wrong: new Set(fields) };
}
