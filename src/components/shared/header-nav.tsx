'use client';

import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { cn } from '@/components/ui/cn';
import { QuietLink } from '@/components/ui/quiet-link';
import { LinkPending } from './link-pending';

/** `wideOnly`: left out on phones. */
export type HeaderLink = { href: string; label: string; wideOnly?: boolean };

type HeaderNavProps = { links: readonly HeaderLink[]; className?: string | undefined };

export function HeaderNav({ links, className }: HeaderNavProps) {
  const t = useTranslations('shared.header');
  const pathname = usePathname();
  return (
    <nav
      aria-label={t('main')}
      className={cn('scroll-quiet flex min-w-0 overflow-x-auto', className)}
    >
      {links.map(({ href, label, wideOnly }) => {
        const current = pathname === href;
        return (
          <QuietLink
            key={href}
            href={href}
            aria-current={current ? 'page' : undefined}
            className={cn(
              'flex h-11 items-center rounded-control px-3 font-medium text-sm transition-colors focus-visible:-outline-offset-2',
              wideOnly && 'max-sm:hidden',
              current ? 'text-ink' : 'text-quiet hover:text-ink',
            )}
          >
            {label}
            <LinkPending />
          </QuietLink>
        );
      })}
    </nav>
  );
}
