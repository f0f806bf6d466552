'use client';

import { BellRing, ChefHat, LayoutDashboard, LogOut, Receipt, Route } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { MenuItem, MenuSeparator } from '@/components/ui/menu';
import type { Role, Viewer } from '@/domain/roles';
import LanguageItems from './language-items';
import { forgetOffline } from './pwa/keep-offline';

const PLACES = {
  customer: { href: '/orders', icon: Receipt },
  driver: { href: '/driver', icon: Route },
  admin: { href: '/admin', icon: LayoutDashboard },
  kitchen: { href: '/kitchen', icon: ChefHat },
} as const satisfies Record<Role, unknown>;

export default function UserMenuItems({ viewer }: { viewer: Viewer }) {
  const t = useTranslations('shared');
  const { href, icon: Icon } = PLACES[viewer.role];
  const leave = async () => {
    await forgetOffline();
    const { signOut } = await import('next-auth/react');
    await signOut({ callbackUrl: '/' });
  };
  return (
    <>
      <div className="px-3 pt-2 pb-2.5">
        <p className="truncate font-medium text-sm">{viewer.name}</p>
        <p className="text-faint text-xs">{t(`role.${viewer.role}`)}</p>
      </div>
      <MenuSeparator />
      <MenuItem render={<Link href={href} />}>
        <Icon aria-hidden="true" />
        {t(`account.place.${viewer.role}`)}
      </MenuItem>
      {viewer.role === 'customer' && (
        <MenuItem render={<Link href="/account" />}>
          <BellRing aria-hidden="true" />
          {t('account.notices')}
        </MenuItem>
      )}
      <MenuSeparator />
      <LanguageItems />
      <MenuSeparator />
      <MenuItem onSelect={() => void leave()}>
        <LogOut aria-hidden="true" className="rtl:-scale-x-100" />
        {t('account.signOut')}
      </MenuItem>
    </>
  );
}
