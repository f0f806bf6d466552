import type { MetadataRoute } from 'next';
import { getTranslations } from 'next-intl/server';
import { LOCALES } from '@/i18n/locales';
import { readLocale } from '@/i18n/read-locale';

/** Lets people keep Hotfoot on the home screen. */
export default async function manifest(): Promise<MetadataRoute.Manifest> {
  const t = await getTranslations('shared.app');
  const locale = await readLocale();
  return {
    name: 'Hotfoot',
    short_name: 'Hotfoot',
    description: t('manifest'),
    lang: locale,
    dir: LOCALES[locale].dir,
    id: '/',
    start_url: '/start',
    scope: '/',
    display: 'standalone',
    background_color: '#fbfaf8',
    theme_color: '#fbfaf8',
    icons: [
      { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
      { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
      { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
      { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  };
}
