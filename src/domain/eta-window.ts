/** Where an order stands when its arrival is predicted: each stage has errors of its own. */
export const ETA_STAGES = [
  'quote',
  'kitchen',
  'to_pickup',
  'at_pickup',
  'to_dropoff',
  'at_dropoff',
] as const;
export type EtaStage = (typeof ETA_STAGES)[number];

/** The window begins at `low` and ends at `high` times the prediction (see `SHIFT_MINUTES`). */
export type Calibration = { low: number; high: number };
export type Calibrations = Partial<Record<EtaStage, Calibration>>;

export const NO_CALIBRATION: Calibrations = {};

/** Wide enough for a start; history narrows or widens it. */
const UNCALIBRATED: Calibration = { low: 0.85, high: 1.25 };
/** Added to predicted and actual minutes before their ratio is taken: it tames short waits. */
const SHIFT_MINUTES = 2;
const NARROWEST_MINUTES = 2;
/** The share of arrivals on either side of a window. */
const TAIL = 0.1;
/** The share of arrivals that a window should hold. */
export const TARGET_SHARE = 1 - 2 * TAIL;
/** Fewer samples than this say nothing about tails. */
export const ENOUGH_SAMPLES = 50;

export type Predicted = { stage: EtaStage; minutes: number };

function bounds({ stage, minutes }: Predicted, calibrations: Calibrations) {
  const { low, high } = calibrations[stage] ?? UNCALIBRATED;
  const from = Math.max(0, (minutes + SHIFT_MINUTES) * low - SHIFT_MINUTES);
  return { from, to: Math.max(from, (minutes + SHIFT_MINUTES) * high - SHIFT_MINUTES) };
}

/** The window around a prediction in whole minutes from now, at least two wide. */
export function windowMinutes(
  predicted: Predicted,
  calibrations: Calibrations,
): { from: number; to: number } {
  const { from, to } = bounds(predicted, calibrations);
  const start = Math.max(predicted.stage === 'quote' ? 1 : 0, Math.round(from));
  return { from: start, to: Math.max(start + NARROWEST_MINUTES, Math.round(to)) };
}

export type EtaWindow = { from: Date; to: Date; middle: Date };

/** The window around a prediction on the clock, to the minute: what is shown is what is stored. */
export function windowAround(
  predicted: Predicted,
  calibrations: Calibrations,
  now: Date,
): EtaWindow {
  const { from, to } = bounds(predicted, calibrations);
  const minutesNow = now.getTime() / 60_000;
  const start = Math.round(minutesNow + from);
  const end = Math.max(start + NARROWEST_MINUTES, Math.round(minutesNow + to));
  return {
    from: new Date(start * 60_000),
    to: new Date(end * 60_000),
    middle: new Date(now.getTime() + predicted.minutes * 60_000),
  };
}

/**
 * The window of an order for a slot: the slot itself, as long as it is ahead, nobody rides to the door
 * yet, and nothing says that it will be missed. How long it still is until then says nothing about it.
 */
export function windowWithSlot(
  predicted: Predicted,
  calibrations: Calibrations,
  now: Date,
  slot: { from: Date; to: Date } | null,
): EtaWindow {
  const window = windowAround(predicted, calibrations, now);
  const riding = predicted.stage === 'to_dropoff' || predicted.stage === 'at_dropoff';
  if (!slot || riding || now >= slot.from || window.middle > slot.to) return window;
  return { ...slot, middle: window.middle };
}

type Shown = { stage: string | null; from: Date; to: Date };

/** Ends that moved by less than this share of the wait are no news: nobody wants a nervous clock. */
const NEWS_SHARE = 0.08;

const apartMs = (a: Date, b: Date): number => Math.abs(a.getTime() - b.getTime());

/** Whether the window tells people something new: another stage, or ends that moved enough. */
export function isNews(shown: Shown | null, stage: EtaStage, next: EtaWindow, now: Date): boolean {
  // What was said at ordering holds on into the kitchen.
  const goesOn = shown?.stage === stage || (shown?.stage === 'quote' && stage === 'kitchen');
  if (!shown || !goesOn) return true;
  const waitMs = Math.max(0, next.middle.getTime() - now.getTime());
  // Both ends waver by a minute when a prediction stands between two of them.
  const enough = 2 * Math.max(60_000, waitMs * NEWS_SHARE);
  return apartMs(shown.from, next.from) + apartMs(shown.to, next.to) >= enough;
}

/** Minutes from a prediction to what it predicted, and what they were in the end. */
export type EtaSample = { predicted: number; actual: number };

const ratio = ({ predicted, actual }: EtaSample): number =>
  (Math.max(0, actual) + SHIFT_MINUTES) / (Math.max(0, predicted) + SHIFT_MINUTES);

/** The value below which `share` of the sorted list lies, between neighbours in proportion. */
function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? 0;
  const above = sorted[Math.ceil(at)] ?? below;
  return below + (above - below) * (at - Math.floor(at));
}

/**
 * The calibration that would have held 80 % of these arrivals, a tenth on either side, or null when
 * there are too few to tell. (Split conformal prediction on the ratio of actual to predicted.)
 */
export function calibrate(samples: readonly EtaSample[]): Calibration | null {
  if (samples.length < ENOUGH_SAMPLES) return null;
  const ratios = samples.map(ratio).sort((a, b) => a - b);
  return { low: quantile(ratios, TAIL), high: quantile(ratios, 1 - TAIL) };
}
