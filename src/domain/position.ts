import { invalid } from './errors';
import { type GeoPoint, haversineMeters } from './geo';

/** What a driver's device reports; `recordedAt` is the device's time of the fix. */
export type PositionReport = {
  at: GeoPoint;
  headingDeg: number | null;
  speedMps: number | null;
  accuracyM: number | null;
  recordedAt: string;
};

/** A fix older than this says nothing about where the driver is now. */
export const STALE_AFTER_S = 60;
/** Device clocks run ahead by a little; more than this is wrong. */
const FUTURE_TOLERANCE_S = 10;
/** Nothing in a city moves faster, metres per second. */
const MAX_SPEED_MPS = 70;

export type LastFix = { at: GeoPoint; recordedAt: string } | null;

/** Refuses a fix from the past, from the future, or out of reach of the one before. */
export function checkPosition(report: PositionReport, last: LastFix, now: Date): void {
  const recordedMs = new Date(report.recordedAt).getTime();
  const ageS = (now.getTime() - recordedMs) / 1_000;
  if (ageS > STALE_AFTER_S) {
    throw invalid({
      reason: 'position_stale',
      message: `This position is ${Math.round(ageS)} seconds old.`,
      hint: 'Send the position that the device has now.',
    });
  }
  if (ageS < -FUTURE_TOLERANCE_S) {
    throw invalid({
      reason: 'position_from_future',
      message: 'This position bears a time that has not come yet.',
      hint: 'Correct the clock of the device.',
    });
  }
  if (!last) return;
  const elapsedS = (recordedMs - new Date(last.recordedAt).getTime()) / 1_000;
  if (elapsedS <= 0) {
    throw invalid({
      reason: 'position_out_of_order',
      message: 'A later position is already known.',
      hint: 'Send positions in the order in which they were recorded.',
    });
  }
  const reachM = 200 + MAX_SPEED_MPS * elapsedS;
  if (elapsedS < 600 && haversineMeters(last.at, report.at) > reachM) {
    throw invalid({
      reason: 'position_implausible',
      message: 'Nobody gets that far in this time.',
      hint: 'Wait for a better fix.',
    });
  }
}
