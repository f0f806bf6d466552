import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Brand } from '@/components/shared/brand';
import { LanguageSwitch } from '@/components/shared/language-switch';
import { ThemeToggle } from '@/components/shared/theme-toggle';
import { MessagesProvider } from '@/i18n/messages-provider';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('share');
  return {
    title: t('page'),
    robots: { index: false, follow: false },
    referrer: 'no-referrer',
  };
}

export default async function ShareLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations('shared.header');
  return (
    <MessagesProvider texts={['share']}>
      <header className="border-line border-b bg-page">
        <div className="mx-auto flex h-14 max-w-xl items-center gap-1 px-4 sm:px-6">
          <Link href="/" aria-label={t('home')} className="flex h-11 items-center rounded-control">
            <Brand />
          </Link>
          <div className="ms-auto flex items-center gap-1">
            <ThemeToggle />
            <LanguageSwitch />
          </div>
        </div>
      </header>
      <main id="main">{children}</main>
    </MessagesProvider>
  );
}
