'use client';

import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { type Catalogue, type RefusalWords, refusalOf, translated } from '@/trpc/refusal';

/** Reasons come over the wire: the catalogue itself is asked whether it knows one. */
const byReason = (t: unknown) => t as Catalogue;

/** Puts any error of a call in the reader's words. */
export function useRefusal(): (error: unknown) => RefusalWords {
  const t = useTranslations('refusals');
  return useCallback((error) => translated(refusalOf(error), byReason(t)), [t]);
}
