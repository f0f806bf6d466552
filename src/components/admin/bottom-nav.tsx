'use client';

import {
  Bike,
  LayoutDashboard,
  MapPinned,
  Settings,
  Store,
  Timer,
  Users,
  Waypoints,
} from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { cn } from '@/components/ui/cn';

const PLACES = [
  { href: '/admin', key: 'nav.board', icon: LayoutDashboard },
  { href: '/admin/restaurants', key: 'nav.restaurants', icon: Store },
  { href: '/admin/drivers', key: 'nav.drivers', icon: Bike },
  { href: '/admin/dispatch', key: 'nav.dispatch', icon: Waypoints },
  { href: '/admin/eta', key: 'nav.eta', icon: Timer },
  { href: '/admin/people', key: 'nav.people', icon: Users },
  { href: '/admin/zones', key: 'nav.zones', icon: MapPinned },
  { href: '/admin/settings', key: 'nav.settings', icon: Settings },
] as const;

/** The admin's pages under the thumb, on phones. */
export function BottomNav() {
  const t = useTranslations('admin');
  const pathname = usePathname();
  return (
    <nav
      aria-label={t('nav.label')}
      className="fixed inset-x-0 bottom-0 z-30 scroll-quiet grid h-14 auto-cols-[minmax(22vw,1fr)] grid-flow-col overflow-x-auto border-line border-t bg-page sm:hidden"
    >
      {PLACES.map(({ href, key, icon: Icon }) => {
        const current = pathname === href;
        return (
          <Link
            key={href}
            href={href}
            aria-current={current ? 'page' : undefined}
            className={cn(
              'flex flex-col items-center justify-center gap-0.5 font-medium text-xs focus-visible:-outline-offset-2',
              current ? 'text-accent-ink' : 'text-quiet',
            )}
          >
            <Icon aria-hidden="true" className="size-5" />
            {t(key)}
          </Link>
        );
      })}
    </nav>
  );
}
