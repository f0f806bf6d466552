import { conflict, invalid, type Refusal } from './errors';
import { type GeoPoint, haversineMeters } from './geo';
import { STALE_AFTER_S } from './position-limits';

/** What a driver's device reports; `recordedAt` is the device's time of the fix. */
export type PositionReport = {
  at: GeoPoint;
  headingDeg: number | null;
  speedMps: number | null;
  accuracyM: number | null;
  recordedAt: string;
};

const isNumberOrNull = (value: unknown): boolean => value === null || typeof value === 'number';

/** Whether something read from a device's memory is a report. */
export function isReport(value: unknown): value is PositionReport {
  if (typeof value !== 'object' || value === null) return false;
  const { at, headingDeg, speedMps, accuracyM, recordedAt } = value as Record<string, unknown>;
  const { lat, lng } = (at ?? {}) as Record<string, unknown>;
  return (
    typeof lat === 'number' &&
    typeof lng === 'number' &&
    [headingDeg, speedMps, accuracyM].every(isNumberOrNull) &&
    typeof recordedAt === 'string' &&
    !Number.isNaN(Date.parse(recordedAt))
  );
}

/** A device without a network may tell later where it has been. */
const HISTORY_S = 24 * 3_600;
/** Device clocks run ahead by a little; more than this is wrong. */
const FUTURE_TOLERANCE_S = 10;
/** Nothing in a city moves faster, metres per second. */
const MAX_SPEED_MPS = 70;
/** Nobody works farther away from the middle of their zone. */
const MAX_FROM_ZONE_M = 500_000;

export type LastFix = { at: GeoPoint; recordedAt: string } | null;

/** What is known of a driver when a fix comes: the one taken before, and the middle of their zone. */
export type KnownOfDriver = { last: LastFix; base: GeoPoint | null };

export type FixProblem =
  | 'position_stale'
  | 'position_from_future'
  | 'position_out_of_order'
  | 'position_implausible'
  | 'position_elsewhere';

/** `live` moves the driver, `history` only says where they were; anything else is dropped. */
export type FixUse = 'live' | 'history';

/** What a fix is good for. */
export function judgeFix(
  { at, recordedAt }: Pick<PositionReport, 'at' | 'recordedAt'>,
  { last, base }: KnownOfDriver,
  nowMs: number,
): FixUse | FixProblem {
  const recordedMs = Date.parse(recordedAt);
  const ageS = (nowMs - recordedMs) / 1_000;
  if (ageS > HISTORY_S) return 'position_stale';
  if (ageS < -FUTURE_TOLERANCE_S) return 'position_from_future';
  if (base && haversineMeters(base, at) > MAX_FROM_ZONE_M) return 'position_elsewhere';
  if (last) {
    const elapsedS = (recordedMs - Date.parse(last.recordedAt)) / 1_000;
    if (elapsedS <= 0) return 'position_out_of_order';
    const reachM = 200 + MAX_SPEED_MPS * elapsedS;
    if (elapsedS < 600 && haversineMeters(last.at, at) > reachM) return 'position_implausible';
  }
  return ageS > STALE_AFTER_S ? 'history' : 'live';
}

/** A problem in words. */
export function fixRefusal(problem: FixProblem): Refusal {
  switch (problem) {
    case 'position_stale':
      return invalid({
        reason: 'position_stale',
        message: 'This position is old.',
        hint: 'Send the position that the device has now.',
      });
    case 'position_from_future':
      return invalid({
        reason: 'position_from_future',
        message: 'This position bears a time that has not come yet.',
        hint: 'Correct the clock of the device.',
      });
    case 'position_out_of_order':
      return invalid({
        reason: 'position_out_of_order',
        message: 'A later position is already known.',
        hint: 'Send positions in the order in which they were recorded.',
      });
    case 'position_implausible':
      return invalid({
        reason: 'position_implausible',
        message: 'Nobody gets that far in this time.',
        hint: 'Wait for a better fix.',
      });
    case 'position_elsewhere':
      return invalid({
        reason: 'position_elsewhere',
        message: 'This position is far away from where you work.',
        hint: 'Check what your device says about its location.',
      });
  }
}

export const offDuty = (): Refusal =>
  conflict({
    reason: 'off_duty',
    message: 'You are offline: your position is not wanted.',
    hint: 'Go online first.',
  });

/** Refuses a fix that does not say where the driver is now. */
export function checkPosition(
  report: PositionReport,
  last: LastFix,
  now: Date,
  base: GeoPoint | null = null,
): void {
  const ageS = (now.getTime() - Date.parse(report.recordedAt)) / 1_000;
  if (ageS > STALE_AFTER_S) throw fixRefusal('position_stale');
  const use = judgeFix(report, { last, base }, now.getTime());
  if (use !== 'live' && use !== 'history') throw fixRefusal(use);
}

/** Of a driver's way, a point at least this far from the one before is kept, or this much later. */
const CRUMB_M = 20;
const CRUMB_S = 5;

/** Whether a fix is worth keeping in the history, after the one kept last. */
export function isCrumb(
  kept: LastFix,
  { at, recordedAt }: Pick<PositionReport, 'at' | 'recordedAt'>,
): boolean {
  if (!kept) return true;
  const elapsedMs = Date.parse(recordedAt) - Date.parse(kept.recordedAt);
  return elapsedMs >= CRUMB_S * 1_000 || haversineMeters(kept.at, at) >= CRUMB_M;
}
