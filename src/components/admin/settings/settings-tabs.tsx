'use client';

import { useTranslations } from 'next-intl';
import { PageTabs } from '@/components/admin/page-tabs';

/** What holds for the platform, and where its events go outside. */
export function SettingsTabs() {
  const t = useTranslations('settings.tab');
  const tabs = [
    { href: '/admin/settings', name: t('platform') },
    { href: '/admin/settings/webhooks', name: t('webhooks') },
  ];
  return <PageTabs label={t('label')} tabs={tabs} />;
}
