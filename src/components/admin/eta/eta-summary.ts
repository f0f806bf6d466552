import type { StageAccuracy } from '@/domain/eta-accuracy';

/** All stages together, each window counting once; null when none was shown. */
export function overall(rows: readonly StageAccuracy[]) {
  const shown = rows.reduce((sum, row) => sum + row.shown, 0);
  if (shown === 0) return null;
  const mean = (of: (row: StageAccuracy) => number) =>
    rows.reduce((sum, row) => sum + of(row) * row.shown, 0) / shown;
  return {
    shown,
    covered: mean(({ covered }) => covered),
    early: mean(({ early }) => early),
    late: mean(({ late }) => late),
  };
}
