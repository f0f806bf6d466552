'use client';

import { Languages } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { lazy } from 'react';
import { Button } from '@/components/ui/button';
import { Menu } from '@/components/ui/menu';
import { LOCALES, localeOf } from '@/i18n/locales';

const LanguageItems = lazy(() => import('./language-items'));

/** The language of the pages, for those who have no account menu. */
export function LanguageSwitch() {
  const t = useTranslations('shared.language');
  const locale = localeOf(useLocale());
  return (
    <Menu
      trigger={
        <Button variant="quiet" size="icon" aria-label={t('label', { name: LOCALES[locale].name })}>
          <Languages aria-hidden="true" />
        </Button>
      }
    >
      <LanguageItems />
    </Menu>
  );
}
