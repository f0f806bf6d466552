const DAY_MIN = 1_440;

/** Minutes until midnight on the wall clock of `timeZone`; at least one. */
export function minutesLeftToday(now: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(now);
  const of = (type: 'hour' | 'minute') =>
    Number(parts.find((part) => part.type === type)?.value ?? 0);
  return Math.max(1, DAY_MIN - (of('hour') * 60 + of('minute')));
}

type PauseChoice = {
  key: 'halfHour' | 'twoHours' | 'today';
  minutes: (now: Date, timeZone: string) => number;
};

export const PAUSE_CHOICES: readonly PauseChoice[] = [
  { key: 'halfHour', minutes: () => 30 },
  { key: 'twoHours', minutes: () => 120 },
  { key: 'today', minutes: minutesLeftToday },
];
