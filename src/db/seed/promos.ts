import type { Transaction } from '@/db/client';
import { promoCodes } from '@/db/schema';

/** The demo city's codes. */
export async function seedPromos(tx: Transaction, currency: string): Promise<void> {
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
}
