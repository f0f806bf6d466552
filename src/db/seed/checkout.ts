import { inArray, sql } from 'drizzle-orm';
import type { Transaction } from '@/db/client';
import { promoCodes, restaurants } from '@/db/schema';

/** Basis points, in the prices. */
const TAX_BP = 1_000;
/** Small kitchens that take so many orders in a quarter of an hour. */
const ROOM = 6;
const SMALL_KITCHENS = ['Ramen Belfry', 'Kerala Kitchen', 'The Salt Shed', 'Green Lantern'];

/** The demo city's codes, what its kitchens have room for, and the tax in their prices. */
export async function seedCheckout(tx: Transaction, currency: string): Promise<void> {
  await tx.insert(promoCodes).values([
    {
      code: 'WELCOME10',
      kind: 'percent',
      value: 10,
      currency,
      maximumDiscount: 500,
      limitPerPerson: 1,
    },
    { code: 'FREERIDE', kind: 'free_delivery', currency, minimumSubtotal: 1_500 },
    { code: 'EMBER3', kind: 'amount', value: 300, currency, minimumSubtotal: 1_200 },
  ]);
  await tx.update(restaurants).set({ taxBp: TAX_BP }).where(sql`${restaurants.taxBp} = 0`);
  await tx
    .update(restaurants)
    .set({ slotCapacity: ROOM })
    .where(inArray(restaurants.name, SMALL_KITCHENS));
}
