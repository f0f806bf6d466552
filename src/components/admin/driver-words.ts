import type { DriverPosition } from '@/domain/driver';
import type { AdminWords } from './use-admin-words';

/** Within this a position is as good as now, milliseconds. */
const JUST_NOW_MS = 10_000;

/** How old what is known of a driver's place is. */
export function seenWords(
  position: DriverPosition | null,
  now: Date,
  { t, shared, format }: AdminWords,
): string {
  if (!position) return t('drivers.neverSeen');
  const age = now.getTime() - new Date(position.recordedAt).getTime();
  return age < JUST_NOW_MS
    ? t('drivers.seenJustNow')
    : t('drivers.seen', { ago: shared('time.ago', { age: format.age(position.recordedAt, now) }) });
}
