import { useLocale, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { createFormat, type Format } from './format';
import { useToldFormats } from './told-formats';

/** Money, distances, times and windows in the reader's language. */
export function useFormat(): Format {
  const tag = useLocale();
  const t = useTranslations('shared');
  const told = useToldFormats();
  return useMemo(() => createFormat(tag, t, told), [tag, t, told]);
}
