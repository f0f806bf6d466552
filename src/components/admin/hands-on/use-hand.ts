'use client';

import { useTranslations } from 'next-intl';
import { toastRefusal, useAction } from '@/components/shared/use-action';
import { toast } from '@/components/ui/toast';
import type { RefusalWords } from '@/trpc/refusal';
import { changesIn } from './change-list';
import { useChangeWords } from './use-change-words';

/** The way back is offered for so long, milliseconds. */
const UNDO_MS = 10_000;

type Mutation<Variables, Output> = {
  mutateAsync: (variables: Variables) => Promise<Output>;
  isPending: boolean;
};

/** A mutation by hand: who was too late reads who was faster. */
export function useHand<Variables extends { idempotencyKey: string }, Output>(
  mutation: Mutation<Variables, Output>,
  options: {
    onDone?: (output: Output, variables: Variables) => void;
    /** The dialog shows the refusal itself. */
    quiet?: boolean;
  } = {},
) {
  const t = useTranslations('handsOn.meanwhile');
  const changeWords = useChangeWords();
  const { onDone = () => undefined, quiet = false } = options;
  function say(refusal: RefusalWords): void {
    const changes = changesIn(refusal.data);
    if (changes.length === 0) toastRefusal(refusal);
    else toast.error(t('title'), { description: changes.map((one) => changeWords(one)).join(' ') });
  }
  return useAction(mutation, { onDone, onRefused: quiet ? () => undefined : say });
}

/** Says that it is done, and offers the way back for a while. */
export function useSayDone(): (title: string, undo?: () => void) => void {
  const label = useTranslations('handsOn')('undo');
  return (title, undo) =>
    toast.success(title, undo && { duration: UNDO_MS, action: { label, onClick: undo } });
}

/** Says that the way back was taken. */
export function useSayUndone(number: number): () => void {
  const t = useTranslations('handsOn');
  return () => toast.success(t('undone', { number }));
}
