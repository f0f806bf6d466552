'use client';

import type { Directory } from '@/domain/directory';
import { trpc } from '@/trpc/client';

/** Restaurants and drivers come and go, but not by the minute. */
const AGAIN_EVERY_MS = 300_000;

export function useDirectory(initial: Directory): Directory {
  const { data } = trpc.board.directory.useQuery(undefined, {
    initialData: initial,
    staleTime: AGAIN_EVERY_MS,
    refetchInterval: AGAIN_EVERY_MS,
  });
  return data;
}
