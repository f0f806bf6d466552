'use client';

import { LiveBadge } from '@/components/shared/live-badge';
import { useDriver } from './driver-context';

export function DriverLiveBadge() {
  const { live } = useDriver();
  return <LiveBadge live={live} />;
}
