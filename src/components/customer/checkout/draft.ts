import * as z from 'zod/mini';
import { stored } from '@/components/shared/stored';
import { FULFILMENTS, HANDOVERS } from '@/domain/order';
import { PAYMENT_METHODS } from '@/domain/payment';

const DraftSchema = z.object({
  restaurantId: z.string(),
  fulfilment: z.enum(FULFILMENTS),
  handover: z.enum(HANDOVERS),
  note: z.string().check(z.maxLength(300)),
  /** Minor units. */
  tip: z.int().check(z.minimum(0)),
  /** At a time of their choice; `slotFrom` is null until it is chosen. */
  later: z.boolean(),
  slotFrom: z.nullable(z.string()),
  promoCode: z.nullable(z.string()),
  method: z.enum(PAYMENT_METHODS),
});

/** What has been chosen at checkout. Kept while somebody signs in, reloads or comes back later. */
export type Draft = z.infer<typeof DraftSchema>;

const store = stored<Draft | null>(
  'hotfoot.checkout',
  null,
  (value) => DraftSchema.safeParse(value).data ?? null,
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
