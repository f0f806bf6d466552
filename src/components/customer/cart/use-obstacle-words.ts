'use client';

import { useRefusal } from '@/components/shared/use-refusal';
import type { RefusalWords } from '@/trpc/refusal';
import type { CartQuote } from './use-cart-quote';

type Obstacle = CartQuote['obstacles'][number];

/** Puts what a quote says is in the way in the reader's words, as if it were a refusal. */
export function useObstacleWords(): (obstacle: Obstacle) => RefusalWords {
  const refusalOf = useRefusal();
  return ({ message, ...refusal }) => refusalOf({ message, data: { code: refusal.code, refusal } });
}
