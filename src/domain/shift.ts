import { invalid } from './errors';

/** Nobody works longer than this without going offline, hours. */
export const LONGEST_SHIFT_H = 16;

/** Refuses an end of a shift that lies behind, or too far ahead. */
export function checkShiftEnd(until: Date, now: Date): void {
  const hours = (until.getTime() - now.getTime()) / 3_600_000;
  if (hours <= 0) {
    throw invalid({
      reason: 'shift_end_past',
      message: 'This end of the shift has passed already.',
      hint: 'Choose a time that is still to come, or none.',
    });
  }
  if (hours > LONGEST_SHIFT_H) {
    throw invalid({
      reason: 'shift_too_long',
      message: `A shift lasts ${LONGEST_SHIFT_H} hours at the most.`,
      hint: 'Choose an earlier end, or none.',
    });
  }
}
