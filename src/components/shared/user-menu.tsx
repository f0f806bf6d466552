'use client';

import { LayoutDashboard, LogOut, Receipt, Route } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { signOut } from 'next-auth/react';
import { Button, LinkButton } from '@/components/ui/button';
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu';
import type { Role, Viewer } from '@/domain/roles';
import { LanguageItems } from './language-items';

const PLACES = {
  customer: { href: '/orders', label: 'Your orders', icon: Receipt },
  driver: { href: '/driver', label: 'Your deliveries', icon: Route },
  admin: { href: '/admin', label: 'Board', icon: LayoutDashboard },
} as const satisfies Record<Role, unknown>;

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((part) => part.charAt(0))
    .join('')
    .toUpperCase();

export function UserMenu({ viewer }: { viewer: Viewer | null }) {
  const pathname = usePathname();
  if (!viewer) {
    const next = pathname === '/' ? '' : `?next=${encodeURIComponent(pathname)}`;
    return (
      <LinkButton href={`/sign-in${next}`} size="sm" className="h-10 px-4">
        Sign in
      </LinkButton>
    );
  }
  const { href, label, icon: Icon } = PLACES[viewer.role];
  return (
    <Menu
      trigger={
        <Button variant="quiet" size="icon" aria-label={`Account of ${viewer.name}`}>
          <span
            aria-hidden="true"
            className="grid size-8 place-items-center rounded-full bg-accent-soft font-semibold text-accent-ink text-xs"
          >
            {initials(viewer.name)}
          </span>
        </Button>
      }
    >
      <div className="px-3 pt-2 pb-2.5">
        <p className="truncate font-medium text-sm">{viewer.name}</p>
        <p className="text-faint text-xs capitalize">{viewer.role}</p>
      </div>
      <MenuSeparator />
      <MenuItem render={<Link href={href} />}>
        <Icon aria-hidden="true" />
        {label}
      </MenuItem>
      <MenuSeparator />
      <LanguageItems />
      <MenuSeparator />
      <MenuItem onSelect={() => void signOut({ callbackUrl: '/' })}>
        <LogOut aria-hidden="true" />
        Sign out
      </MenuItem>
    </Menu>
  );
}
