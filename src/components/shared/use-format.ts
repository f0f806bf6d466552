import { useLocale, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { createFormat, type Format } from './format';
import { useZoneOffset } from './zone-offset';

/** Money, distances, times and windows in the reader's language. */
export function useFormat(): Format {
  const tag = useLocale();
  const t = useTranslations('shared');
  const offset = useZoneOffset();
  return useMemo(() => createFormat(tag, t, offset), [tag, t, offset]);
}
