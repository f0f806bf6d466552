import { useLocale, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { createFormat, type Format } from './format';

/** Money, distances, times and windows in the reader's language. */
export function useFormat(): Format {
  const tag = useLocale();
  const t = useTranslations('shared');
  return useMemo(() => createFormat(tag, t), [tag, t]);
}
