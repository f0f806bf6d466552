import { invalid } from './errors';

/** A step that was taken longer ago than this is not believed any more, hours. */
export const OLDEST_STEP_H = 6;
/** Clocks of devices run ahead or behind by a little, seconds. */
const CLOCK_TOLERANCE_S = 60;

/**
 * When a step was taken that a device kept while it had no network. It lies between the step before and
 * now; what a clock that is a little off says is moved there, anything else is refused.
 */
export function checkStepTime(taken: Date, previous: Date | null, now: Date): Date {
  const aheadS = (taken.getTime() - now.getTime()) / 1_000;
  if (aheadS > CLOCK_TOLERANCE_S) {
    throw invalid({
      reason: 'step_from_future',
      message: 'This step bears a time that has not come yet.',
      hint: 'Correct the clock of the device and take it again.',
    });
  }
  if (-aheadS > OLDEST_STEP_H * 3_600) {
    throw invalid({
      reason: 'step_too_old',
      message: `This step was taken more than ${OLDEST_STEP_H} hours ago.`,
      hint: 'Ask a dispatcher to set the order right.',
    });
  }
  const behindS = previous ? (previous.getTime() - taken.getTime()) / 1_000 : 0;
  if (behindS > CLOCK_TOLERANCE_S) {
    throw invalid({
      reason: 'step_before_previous',
      message: 'This step bears a time before the one that came first.',
      hint: 'Look at the next step on your screen and take it again.',
    });
  }
  const earliest = Math.max(taken.getTime(), previous?.getTime() ?? 0);
  return new Date(Math.min(earliest, now.getTime()));
}
