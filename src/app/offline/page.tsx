import { CloudOff } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Brand } from '@/components/shared/brand';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('notices.offline');
  return { title: t('title'), robots: { index: false } };
}

/** Kept by the service worker and shown when a page can't be fetched: plain links, no scripts needed. */
export default async function OfflinePage() {
  const t = await getTranslations('notices.offline');
  return (
    <main
      id="main"
      className="mx-auto flex min-h-dvh max-w-sm flex-col items-start px-6 pt-6 pb-16"
    >
      <Brand />
      <CloudOff aria-hidden="true" className="mt-[18vh] size-10 text-faint" />
      <h1 className="mt-5 text-xl">{t('title')}</h1>
      <p className="mt-2 text-pretty text-quiet">{t('detail')}</p>
      <div className="mt-7 flex flex-wrap gap-3">
        {/* Plain links: the service worker answers them, Next's router can't without a network. */}
        <a
          href="/orders"
          className="inline-flex h-12 items-center rounded-control bg-accent px-5 font-medium text-on-accent"
        >
          {t('orders')}
        </a>
        <a
          href="/"
          className="inline-flex h-12 items-center rounded-control border border-line px-5 font-medium"
        >
          {t('again')}
        </a>
      </div>
    </main>
  );
}
