import type { Calibration, EtaStage } from './eta-window';

/** How well the windows of one stage came true. Shares of 1; minutes. */
export type EtaAccuracy = {
  stage: EtaStage;
  /** Estimates shown to customers whose order has arrived. */
  shown: number;
  /** The share that arrived inside the window. */
  covered: number;
  early: number;
  late: number;
  /** Mean of |actual − predicted|, mean of actual − predicted, mean width. */
  meanError: number;
  bias: number;
  width: number;
};

/** With what history has taught; null: not enough yet. */
export type StageAccuracy = EtaAccuracy & { calibration: Calibration | null };
