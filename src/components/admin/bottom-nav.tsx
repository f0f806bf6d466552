'use client';

import {
  Bike,
  ChartColumn,
  LayoutDashboard,
  type LucideIcon,
  MapPinned,
  ScrollText,
  Settings,
  Store,
  Timer,
  Users,
  Waypoints,
} from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { cn } from '@/components/ui/cn';
import { PLACES, type PlaceKey } from './places';

const ICONS: Readonly<Record<PlaceKey, LucideIcon>> = {
  board: LayoutDashboard,
  restaurants: Store,
  drivers: Bike,
  dispatch: Waypoints,
  events: ScrollText,
  analytics: ChartColumn,
  eta: Timer,
  people: Users,
  zones: MapPinned,
  settings: Settings,
};

/** The admin's pages under the thumb, on phones. */
export function BottomNav() {
  const t = useTranslations('admin.nav');
  const pathname = usePathname();
  const here = useRef<HTMLAnchorElement>(null);
  // The bar scrolls: where one is stands in it.
  useEffect(() => {
    if (pathname) here.current?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [pathname]);
  return (
    <nav
      aria-label={t('label')}
      className="fixed inset-x-0 bottom-0 z-30 scroll-quiet grid h-14 auto-cols-[minmax(22vw,1fr)] grid-flow-col overflow-x-auto border-line border-t bg-page sm:hidden"
    >
      {PLACES.map(({ href, key }) => {
        const Icon = ICONS[key];
        const current = pathname === href;
        return (
          <Link
            key={href}
            href={href}
            ref={current ? here : undefined}
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
