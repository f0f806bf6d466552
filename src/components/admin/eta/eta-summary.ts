import type { EtaStage } from '@/domain/eta-window';

/** What the report says of one stage; shares of 1, minutes. */
export type StageAccuracy = {
  stage: EtaStage;
  shown: number;
  covered: number;
  early: number;
  late: number;
  meanError: number;
  bias: number;
  width: number;
  calibration: { low: number; high: number } | null;
};

/** The share of arrivals that windows promise to hold. */
export const TARGET_SHARE = 0.8;

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
