'use client';

import { Navigation } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { buttonStyle } from '@/components/ui/button-style';
import { cn } from '@/components/ui/cn';
import type { GeoPoint } from '@/domain/geo';

type Platform = 'android' | 'apple' | 'other';

function platform(): Platform {
  if (/Android/.test(navigator.userAgent)) return 'android';
  return /iPhone|iPad|iPod/.test(navigator.userAgent) ? 'apple' : 'other';
}

const HREF: Readonly<Record<Platform, (at: string, name: string) => string>> = {
  android: (at, name) => `geo:${at}?q=${at}(${encodeURIComponent(name)})`,
  apple: (at) => `https://maps.apple.com/?daddr=${at}`,
  other: (at) => `https://www.openstreetmap.org/directions?route=%3B${at.replace(',', '%2C')}`,
};

const never = () => () => undefined;

type NavigateLinkProps = { to: GeoPoint; name: string; className?: string };

/** Opens the device's own navigation. */
export function NavigateLink({ to, name, className }: NavigateLinkProps) {
  const t = useTranslations('driver.navigate');
  const kind = useSyncExternalStore(never, platform, () => 'other' as const);
  return (
    <a
      href={HREF[kind](`${to.lat.toFixed(6)},${to.lng.toFixed(6)}`, name)}
      target={kind === 'android' ? undefined : '_blank'}
      rel="noreferrer"
      aria-label={t('to', { name })}
      className={cn(buttonStyle({ size: 'thumb' }), 'px-5', className)}
    >
      <Navigation aria-hidden="true" />
      {t('label')}
    </a>
  );
}
