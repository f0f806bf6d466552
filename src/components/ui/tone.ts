/** What a colour means; the same six everywhere. */
export type Tone = 'neutral' | 'accent' | 'good' | 'warn' | 'bad' | 'info';

/** Text on a soft ground of its own tone. */
export const SOFT_TONE: Readonly<Record<Tone, string>> = {
  neutral: 'bg-hover text-quiet',
  accent: 'bg-accent-soft text-accent-ink',
  good: 'bg-good-soft text-good-ink',
  warn: 'bg-warn-soft text-warn-ink',
  bad: 'bg-bad-soft text-bad-ink',
  info: 'bg-info-soft text-info-ink',
};

/** Text of a tone on page, raised or sunken ground. */
export const INK_TONE: Readonly<Record<Tone, string>> = {
  neutral: 'text-quiet',
  accent: 'text-accent-ink',
  good: 'text-good-ink',
  warn: 'text-warn-ink',
  bad: 'text-bad-ink',
  info: 'text-info-ink',
};

/** Dots, bars and other shapes without text. */
export const FILL_TONE: Readonly<Record<Tone, string>> = {
  neutral: 'bg-edge',
  accent: 'bg-accent',
  good: 'bg-good',
  warn: 'bg-warn',
  bad: 'bg-bad',
  info: 'bg-info',
};
