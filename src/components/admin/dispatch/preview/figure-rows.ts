import type { Figures } from '@/domain/replay/figures';
import type { Preview } from '@/domain/replay/preview';

export type FigureUnit = 'count' | 'share' | 'time' | 'km' | 'ratio';

/** What is compared, in the order of the page. Less is better, but for `kept`. */
export const FIGURE_ROWS = {
  undelivered: { unit: 'count', of: ({ orders, delivered }) => orders - delivered },
  kept: { unit: 'share', of: ({ lateShare }) => (lateShare === null ? null : 1 - lateShare) },
  toDoor: { unit: 'time', of: ({ clickToDoorMean }) => clickToDoorMean },
  toDoorP90: { unit: 'time', of: ({ clickToDoorP90 }) => clickToDoorP90 },
  assigned: { unit: 'time', of: ({ acceptMean }) => acceptMean },
  assignedP90: { unit: 'time', of: ({ acceptP90 }) => acceptP90 },
  foodWaits: { unit: 'time', of: ({ foodWaitsMean }) => foodWaitsMean },
  driverWaits: { unit: 'time', of: ({ driverWaitsMean }) => driverWaitsMean },
  distance: { unit: 'km', of: ({ kmPerDelivery }) => kmPerDelivery },
  asked: { unit: 'ratio', of: ({ offersPerDelivery }) => offersPerDelivery },
  idle: { unit: 'count', of: ({ idleDrivers }) => idleDrivers },
} as const satisfies Record<string, { unit: FigureUnit; of: (figures: Figures) => number | null }>;

export type FigureName = keyof typeof FIGURE_ROWS;
export const FIGURE_NAMES = Object.keys(FIGURE_ROWS) as FigureName[];

/** Differences that nobody would see in the words of the table: half of their last digit. */
const UNSEEN: Readonly<Record<FigureUnit, number>> = {
  ...{ count: 0.5, share: 0.0005, time: 0.5, km: 0.005, ratio: 0.005 },
};

export type FigureRow = {
  name: FigureName;
  unit: FigureUnit;
  recorded: number | null;
  present: number | null;
  changed: number | null;
  /** The changed policy beside the present one; `by` is never negative. */
  verdict: { kind: 'better' | 'worse'; by: number } | { kind: 'same' } | null;
};

export function figureRow(name: FigureName, { recorded, present, changed }: Preview): FigureRow {
  const { unit, of } = FIGURE_ROWS[name];
  const [before, after] = [of(present.figures), of(changed.figures)];
  const figures = { name, unit, recorded: of(recorded), present: before, changed: after };
  if (before === null || after === null) return { ...figures, verdict: null };
  const less = before - after;
  if (Math.abs(less) < UNSEEN[unit]) return { ...figures, verdict: { kind: 'same' } };
  const better = name === 'kept' ? less < 0 : less > 0;
  return { ...figures, verdict: { kind: better ? 'better' : 'worse', by: Math.abs(less) } };
}
