'use client';

import { Check } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { MenuItem } from '@/components/ui/menu';
import { THEMES, type Theme } from './theme';
import { THEME_ICONS } from './theme-icons';

type ThemeItemsProps = { chosen: Theme; onChoose: (theme: Theme) => void };

export default function ThemeItems({ chosen, onChoose }: ThemeItemsProps) {
  const t = useTranslations('shared.theme');
  return THEMES.map((each) => {
    const Icon = THEME_ICONS[each];
    return (
      <MenuItem key={each} onSelect={() => onChoose(each)}>
        <Icon aria-hidden="true" />
        {t(each)}
        {each === chosen && <Check aria-label={t('chosen')} className="ms-auto" />}
      </MenuItem>
    );
  });
}
