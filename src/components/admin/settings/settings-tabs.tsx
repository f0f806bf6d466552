'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { cn } from '@/components/ui/cn';

const TABS = [
  { href: '/admin/settings', key: 'tab.platform' },
  { href: '/admin/settings/webhooks', key: 'tab.webhooks' },
] as const;

/** What holds for the platform, and where its events go outside. */
export function SettingsTabs() {
  const t = useTranslations('settings');
  const pathname = usePathname();
  return (
    <nav aria-label={t('tab.label')} className="flex gap-1 border-line border-b">
      {TABS.map(({ href, key }) => (
        <Link
          key={href}
          href={href}
          aria-current={pathname === href ? 'page' : undefined}
          className={cn(
            '-mb-px flex h-11 items-center border-b-2 px-3 font-medium text-sm focus-visible:-outline-offset-2',
            pathname === href
              ? 'border-accent text-ink'
              : 'border-transparent text-quiet hover:text-ink',
          )}
        >
          {t(key)}
        </Link>
      ))}
    </nav>
  );
}
