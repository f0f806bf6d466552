import type { MetadataRoute } from 'next';
import { getTranslations } from 'next-intl/server';
import { LOCALES } from '@/i18n/locales';
import { readLocale } from '@/i18n/read-locale';

/** Lets a driver keep Hotfoot on the home screen; everybody lands where their role belongs. */
export default async function manifest(): Promise<MetadataRoute.Manifest> {
  const t = await getTranslations('shared.app');
  const locale = await readLocale();
  return {
    name: 'Hotfoot',
    short_name: 'Hotfoot',
    description: t('manifest'),
    lang: locale,
    dir: LOCALES[locale].dir,
    start_url: '/driver',
    scope: '/',
    display: 'standalone',
    background_color: '#fbfaf8',
    theme_color: '#fbfaf8',
    icons: [{ src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
  };
}
