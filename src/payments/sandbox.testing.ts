import type { Database } from '@/db/client';
import { type CardBehaviour, TEST_CARDS } from '@/domain/test-cards';
import { sandboxProvider } from './sandbox';
import { tokeniseCard } from './sandbox-cards';

export const SANDBOX_SECRET = 'a secret for the test provider of tests';

/** The test provider on this database, and cards that behave as they are asked to. */
export function testBank(db: Database, now: () => Date = () => new Date()) {
  const provider = sandboxProvider({ db, secret: SANDBOX_SECRET, now });
  return {
    provider,
    async card(behaviour: CardBehaviour = 'approves') {
      const number = TEST_CARDS.find((card) => card.behaviour === behaviour)?.number;
      const { token } = await tokeniseCard(db, { number, expiry: '12/34', code: '123' }, now());
      return { method: 'card' as const, token };
    },
  };
}
