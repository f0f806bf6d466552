import { changeOf, differenceOf } from '@/domain/analytics/figures';

/** Less than this share of change is none. */
const NO_CHANGE = 0.005;

/** How a figure is compared: shares by their difference, all else as a share of what it was before. */
export type Compared = {
  isShare: boolean;
  /** Whether more is better; null: neither. */
  better: 'more' | 'less' | null;
};

export type Moved = { direction: 'more' | 'less' | 'same'; by: number; isGood: boolean | null };

/** Null where there is nothing to compare with. */
export function movedOf(
  now: number | null,
  before: number | null,
  { isShare, better }: Compared,
): Moved | null {
  const change = isShare ? differenceOf(now, before) : changeOf(now, before);
  if (change === null) return null;
  if (Math.abs(change) < NO_CHANGE) return { direction: 'same', by: 0, isGood: null };
  const direction = change > 0 ? 'more' : 'less';
  const isGood = better === null ? null : better === direction;
  return { direction, by: Math.abs(change), isGood };
}

export const toneOf = ({ isGood }: Moved): string =>
  isGood === null ? 'text-quiet' : isGood ? 'text-good-ink' : 'text-bad-ink';
