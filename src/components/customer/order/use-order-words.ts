import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { Format } from '@/components/shared/format';
import { useFormat } from '@/components/shared/use-format';
import { useReasonWords } from '@/components/shared/use-reason-words';

/** What sentences about an order are made of. */
export type OrderWords = {
  t: ReturnType<typeof useTranslations<'order'>>;
  format: Format;
  /** Any reason in words. */
  reason: (reason: string) => string;
};

export function useOrderWords(): OrderWords {
  const t = useTranslations('order');
  const format = useFormat();
  const reason = useReasonWords();
  return useMemo(() => ({ t, format, reason }), [t, format, reason]);
}
