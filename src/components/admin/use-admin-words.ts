import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { Format } from '@/components/shared/format';
import { useFormat } from '@/components/shared/use-format';
import { useReasonWords } from '@/components/shared/use-reason-words';

/** What sentences on the board are made of. */
export type AdminWords = {
  t: ReturnType<typeof useTranslations<'admin'>>;
  shared: ReturnType<typeof useTranslations<'shared'>>;
  format: Format;
  /** Any reason in words. */
  reason: (reason: string) => string;
};

export function useAdminWords(): AdminWords {
  const t = useTranslations('admin');
  const shared = useTranslations('shared');
  const format = useFormat();
  const reason = useReasonWords();
  return useMemo(() => ({ t, shared, format, reason }), [t, shared, format, reason]);
}
