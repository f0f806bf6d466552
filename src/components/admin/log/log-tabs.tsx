'use client';

import { useTranslations } from 'next-intl';
import { PageTabs } from '@/components/admin/page-tabs';

/** The log, and what of it did not reach the outside. */
export function LogTabs() {
  const t = useTranslations('log.tab');
  const tabs = [
    { href: '/admin/events', name: t('log') },
    { href: '/admin/events/dead', name: t('dead') },
  ];
  return <PageTabs label={t('label')} tabs={tabs} />;
}
