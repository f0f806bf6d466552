import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Database } from '@/db/client';
import { insertCard } from '@/db/queries/sandbox';
import { invalid } from '@/domain/errors';
import { behaviourOf, digitsOf, isGoodUntil } from '@/domain/test-cards';

const CardInput = z.object({
  number: z.string().max(40),
  expiry: z.string().max(10),
  code: z.string().max(10),
});

export type CardToken = { token: string; label: string };

/**
 * What the form of the test provider sends a card to, past everything of ours: it answers with a token
 * and keeps the last four digits. Neither the number nor the code is stored or logged.
 */
export async function tokeniseCard(db: Database, input: unknown, now: Date): Promise<CardToken> {
  const card = CardInput.safeParse(input);
  const behaviour = card.success ? behaviourOf(card.data.number) : null;
  if (!card.success || !behaviour) {
    throw invalid({
      reason: 'not_a_test_card',
      message: 'This is none of the test cards. Real cards are not taken here.',
      hint: 'Use one of the numbers in the list.',
    });
  }
  if (!isGoodUntil(card.data.expiry, now)) {
    throw invalid({
      reason: 'card_expired',
      message: 'This card is not good any more, or the date is not one.',
      hint: 'Write a month that lies ahead, like 12/34.',
    });
  }
  if (!/^\d{3,4}$/.test(card.data.code.trim())) {
    throw invalid({
      reason: 'card_code_invalid',
      message: 'The security code has three or four digits.',
      hint: 'Any will do for a test card.',
    });
  }
  const token = `card_${randomBytes(18).toString('base64url')}`;
  const last4 = digitsOf(card.data.number).slice(-4);
  await insertCard(db, { token, last4, behaviour });
  return { token, label: `Test card •• ${last4}` };
}
