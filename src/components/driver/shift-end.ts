const CLOCK = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** The next time that a clock on the wall of this device shows `clock` (19:30), or null. */
export function nextAt(clock: string, now: Date): Date | null {
  const [, hours, minutes] = CLOCK.exec(clock) ?? [];
  if (!hours || !minutes) return null;
  const at = new Date(now);
  at.setHours(Number(hours), Number(minutes), 0, 0);
  if (at <= now) at.setDate(at.getDate() + 1);
  return at;
}

/** What a time field shows for a moment: 19:30 on the wall of this device. */
export function clockOf(at: string): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes()].map((part) => `${part}`.padStart(2, '0')).join(':');
}
