'use client';

import { useState } from 'react';
import { toast } from '@/components/ui/toast';
import type { RefusalWords } from '@/trpc/refusal';
import { useSteadyKey } from './steady-key';
import { useRefusal } from './use-refusal';

type Keyed = { idempotencyKey: string };

type Mutation<Variables extends Keyed, Output> = {
  mutateAsync: (variables: Variables) => Promise<Output>;
  isPending: boolean;
};

type Options<Variables, Output> = {
  onDone?: (output: Output, variables: Variables) => void;
  /** Shows the refusal itself; without it a toast does. */
  onRefused?: (refusal: RefusalWords) => void;
};

/** The variables are the input and the key, by the definition of `Omit`. */
const withKey = <Variables extends Keyed>(
  input: Omit<Variables, 'idempotencyKey'>,
  idempotencyKey: string,
): Variables => ({ ...input, idempotencyKey }) as Variables;

/** No answer came: the same key is sent again, so that nothing happens twice. */
const unanswered = ({ code }: RefusalWords) => code === 'offline' || code === 'unavailable';

export function toastRefusal({ message, hint }: RefusalWords): void {
  toast.error(message, { description: hint });
}

/** A mutation behind a button: one key until it is answered, and every refusal in words. */
export function useAction<Variables extends Keyed, Output>(
  mutation: Mutation<Variables, Output>,
  { onDone, onRefused = toastRefusal }: Options<Variables, Output> = {},
) {
  const key = useSteadyKey();
  const refusalOf = useRefusal();
  const [refusal, setRefusal] = useState<RefusalWords | null>(null);

  async function run(input: Omit<Variables, 'idempotencyKey'>): Promise<void> {
    if (mutation.isPending) return;
    const variables = withKey<Variables>(input, key.for(input));
    setRefusal(null);
    try {
      const output = await mutation.mutateAsync(variables);
      key.answered();
      onDone?.(output, variables);
    } catch (error) {
      const words = refusalOf(error);
      if (!unanswered(words)) key.answered();
      setRefusal(words);
      onRefused(words);
    }
  }

  return {
    run: (input: Omit<Variables, 'idempotencyKey'>) => void run(input),
    pending: mutation.isPending,
    refusal,
    clear: () => setRefusal(null),
  };
}
