'use client';

import { useState } from 'react';
import { useAction } from '@/components/shared/use-action';
import { trpc } from '@/trpc/client';

export type StockedDish = { id: string; name: string; soldOut: boolean };

/** Whether a dish is sold out; as it was switched, until the server has answered. */
export function useSoldOut({ id, soldOut }: StockedDish, onDone?: () => void) {
  const [wanted, setWanted] = useState<boolean | null>(null);
  const { run, pending } = useAction(trpc.kitchen.setSoldOut.useMutation(), {
    onDone: () => {
      setWanted(null);
      onDone?.();
    },
  });
  return {
    soldOut: pending && wanted !== null ? wanted : soldOut,
    set(next: boolean) {
      setWanted(next);
      run({ itemId: id, soldOut: next });
    },
  };
}
