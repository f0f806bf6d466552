import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Brand } from '@/components/shared/brand';
import { LanguageSwitch } from '@/components/shared/language-switch';
import { ThemeToggle } from '@/components/shared/theme-toggle';

type AccountPageProps = { title: string; subtitle: string; children: ReactNode };

/** The frame of sign-in and sign-up. */
export function AccountPage({ title, subtitle, children }: AccountPageProps) {
  const t = useTranslations('shared.header');
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex h-14 items-center justify-between px-4 sm:px-6">
        <Link href="/" aria-label={t('home')} className="flex h-11 items-center rounded-control">
          <Brand />
        </Link>
        <div className="flex items-center gap-1">
          <ThemeToggle />
          <LanguageSwitch />
        </div>
      </header>
      <main
        id="main"
        className="mx-auto flex w-full max-w-sm flex-1 flex-col px-5 pt-8 pb-16 sm:pt-[11vh]"
      >
        <h1 className="text-xl">{title}</h1>
        <p className="mt-1.5 text-pretty text-quiet">{subtitle}</p>
        <div className="mt-7">{children}</div>
      </main>
    </div>
  );
}
