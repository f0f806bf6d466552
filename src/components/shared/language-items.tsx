'use client';

import { Check } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { MenuItem } from '@/components/ui/menu';
import { LOCALE_CODES, LOCALES } from '@/i18n/locales';
import { useLanguage } from './use-language';

/** One menu item for each language, in its own words. */
export default function LanguageItems() {
  const t = useTranslations('shared.language');
  const { locale, choose } = useLanguage();
  return LOCALE_CODES.map((each) => (
    <MenuItem key={each} onSelect={() => choose(each)}>
      <span lang={each} dir={LOCALES[each].dir}>
        {LOCALES[each].name}
      </span>
      {each === locale && <Check aria-label={t('chosen')} className="ms-auto" />}
    </MenuItem>
  ));
}
