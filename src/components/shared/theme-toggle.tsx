'use client';

import { useTranslations } from 'next-intl';
import { lazy, useSyncExternalStore } from 'react';
import { Button } from '@/components/ui/button';
import { Menu } from '@/components/ui/menu';
import { asTheme, type Theme } from './theme';
import { THEME_ICONS } from './theme-icons';

const Items = lazy(() => import('./theme-items'));

const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

async function choose(theme: Theme): Promise<void> {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  for (const listener of listeners) listener();
  // Without an answer the choice holds for this page.
  await fetch('/api/theme', { method: 'POST', body: JSON.stringify({ theme }) }).catch(() => null);
}

/** Light, dark, or whatever the device says. The server reads the choice from a cookie. */
export function ThemeToggle() {
  const t = useTranslations('shared.theme');
  const theme = useSyncExternalStore(
    subscribe,
    () => asTheme(document.documentElement.dataset.theme),
    () => 'system' as const,
  );
  const Icon = THEME_ICONS[theme];
  return (
    <Menu
      trigger={
        <Button variant="quiet" size="icon" aria-label={t('label', { name: t(theme) })}>
          <Icon aria-hidden="true" />
        </Button>
      }
    >
      <Items chosen={theme} onChoose={(chosen) => void choose(chosen)} />
    </Menu>
  );
}
