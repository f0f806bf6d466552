'use client';

import { LiveBadge } from '@/components/shared/live-badge';
import { useBoard } from './admin-shell';

export function AdminLiveBadge() {
  const { live } = useBoard();
  return <LiveBadge live={live} />;
}
