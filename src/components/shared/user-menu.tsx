'use client';

import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { lazy } from 'react';
import { Button, LinkButton } from '@/components/ui/button';
import { Menu } from '@/components/ui/menu';
import type { Viewer } from '@/domain/roles';

const Items = lazy(() => import('./user-menu-items'));

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((part) => part.charAt(0))
    .join('')
    .toUpperCase();

export function UserMenu({ viewer }: { viewer: Viewer | null }) {
  const t = useTranslations('shared');
  const pathname = usePathname();
  if (!viewer) {
    const next = pathname === '/' ? '' : `?next=${encodeURIComponent(pathname)}`;
    return (
      <LinkButton href={`/sign-in${next}`} size="sm" className="h-10 px-4">
        {t('account.signIn')}
      </LinkButton>
    );
  }
  return (
    <Menu
      trigger={
        <Button variant="quiet" size="icon" aria-label={t('account.of', { name: viewer.name })}>
          <span
            aria-hidden="true"
            className="grid size-8 place-items-center rounded-full bg-accent-soft font-semibold text-accent-ink text-xs"
          >
            {initials(viewer.name)}
          </span>
        </Button>
      }
    >
      <Items viewer={viewer} />
    </Menu>
  );
}
