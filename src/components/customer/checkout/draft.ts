import * as v from 'valibot';
import { stored } from '@/components/shared/stored';
import { FULFILMENTS, HANDOVERS } from '@/domain/order';
import { PAYMENT_METHODS } from '@/domain/payment';

const DraftSchema = v.object({
  restaurantId: v.string(),
  fulfilment: v.picklist(FULFILMENTS),
  handover: v.picklist(HANDOVERS),
  note: v.pipe(v.string(), v.maxLength(300)),
  /** Minor units. */
  tip: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** At a time of their choice; `slotFrom` is null until it is chosen. */
  later: v.boolean(),
  slotFrom: v.nullable(v.string()),
  promoCode: v.nullable(v.string()),
  method: v.picklist(PAYMENT_METHODS),
});

/** What has been chosen at checkout. Kept while somebody signs in, reloads or comes back later. */
export type Draft = v.InferOutput<typeof DraftSchema>;

const store = stored<Draft | null>('hotfoot.checkout', null, (value) =>
  v.is(DraftSchema, value) ? value : null,
);

const emptyDraft = (restaurantId: string): Draft => ({
  restaurantId,
  fulfilment: 'delivery',
  handover: 'in_person',
  note: '',
  tip: 0,
  later: false,
  slotFrom: null,
  promoCode: null,
  method: 'cash',
});

/** The choices for an order at this restaurant; those for another one don't carry over. */
export function useDraft(restaurantId: string) {
  const kept = store.use();
  const draft = kept?.restaurantId === restaurantId ? kept : emptyDraft(restaurantId);
  return {
    draft,
    change: (part: Partial<Draft>) => store.set({ ...draft, ...part }),
  };
}
export type ChangeDraft = ReturnType<typeof useDraft>['change'];

export const forgetDraft = (): void => store.set(null);
