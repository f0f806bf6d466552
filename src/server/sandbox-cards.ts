import type { Database } from '@/db/client';
import { tokeniseCard } from '@/payments/sandbox-cards';
import { postTo, runSandboxRound } from '@/payments/sandbox-round';
import { startLoop } from './loops';

const LONGEST_PAUSE_MS = 5_000;

/** The test provider as a party of its own: its form's endpoint, its banks, its webhooks. */
export type SandboxCards = {
  /** From now on webhooks go to this origin. */
  sendTo(origin: string): void;
  tokenise(card: unknown): ReturnType<typeof tokeniseCard>;
  wake(): void;
  stop(): Promise<void>;
};

export function startSandboxCards(options: {
  db: Database;
  secret: string;
  onError: (error: unknown, where: string) => void;
}): SandboxCards {
  const { db, secret, onError } = options;
  const now = () => new Date();
  let origin: string | null = null;

  const loop = startLoop({
    name: 'sandbox-cards',
    round: async () =>
      origin === null
        ? null
        : runSandboxRound({ db, secret, now, random: Math.random, post: postTo(origin) }),
    onError,
    longestPauseMs: LONGEST_PAUSE_MS,
  });
  return {
    sendTo(to) {
      origin = to;
      loop.wake();
    },
    tokenise: (card) => tokeniseCard(db, card, now()),
    wake: () => loop.wake(),
    stop: () => loop.stop(),
  };
}
