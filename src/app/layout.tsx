import { getTranslations } from 'next-intl/server';
import './globals.css';
import { DirectionProvider } from '@base-ui/react/direction-provider';
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { ClockProvider } from '@/components/shared/clock';
import { MapStyleProvider } from '@/components/shared/map/map-style-provider';
import { ServiceWorker } from '@/components/shared/pwa/service-worker';
import { asTheme, THEME_COOKIE } from '@/components/shared/theme';
import { LazyToaster } from '@/components/ui/lazy-toaster';
import { getEnv } from '@/config/env';
import { readHosted } from '@/config/hosted';
import { DEFAULT_LOCALE, LOCALES } from '@/i18n/locales';
import { MessagesProvider } from '@/i18n/messages-provider';
import { readLocale } from '@/i18n/read-locale';
import { type LiveChannels, TRPCProvider } from '@/trpc/client';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('shared.app');
  return {
    title: { default: t('title'), template: '%s · Hotfoot' },
    icons: { icon: '/icon.svg', apple: '/icons/apple-touch-icon.png' },
    description: t('description'),
  };
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbfaf8' },
    { media: '(prefers-color-scheme: dark)', color: '#120f0d' },
  ],
};

/** What browsers get to know of Pusher in hosted mode: never the secret. */
function liveChannels(): LiveChannels | null {
  const { key, cluster, origin } = readHosted()?.pusher ?? {};
  if (!key) return null;
  return { key, ...(cluster ? { cluster } : {}), ...(origin ? { origin } : {}) };
}

const WORDS = ['shared', 'ui'] as const;

export default async function RootLayout({ children }: { children: ReactNode }) {
  const locale = await readLocale();
  const { dir } = LOCALES[locale];
  const theme = asTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <html
      lang={locale}
      dir={dir}
      data-theme={theme === 'system' ? undefined : theme}
      suppressHydrationWarning
    >
      <body>
        <MessagesProvider texts={locale === DEFAULT_LOCALE ? WORDS : [...WORDS, 'refusals']}>
          <DirectionProvider direction={dir}>
            <ClockProvider renderedAt={new Date().toISOString()}>
              <MapStyleProvider url={getEnv().MAP_STYLE_URL}>
                <TRPCProvider channels={liveChannels()}>{children}</TRPCProvider>
              </MapStyleProvider>
            </ClockProvider>
            <LazyToaster />
            {getEnv().NODE_ENV === 'production' && <ServiceWorker />}
          </DirectionProvider>
        </MessagesProvider>
      </body>
    </html>
  );
}
