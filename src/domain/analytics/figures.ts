import { EMPTY_SKETCH, mergeSketches, type Sketch } from './sketch';

/** What is counted; each order under the time at which it was placed. The columns are named alike. */
export const COUNTS = [
  'orders',
  'completed',
  'cancelled',
  'rejected',
  'expired',
  'delivered',
  /** Delivered by the end of the window promised at the checkout. */
  'kept',
  'foodRatings',
  'foodStars',
  'deliveryRatings',
  'deliveryStars',
  'offersAccepted',
  'offersDeclined',
  'offersExpired',
  /** Of drivers: on duty, and with something to carry while on duty. */
  'dutySeconds',
  'busySeconds',
] as const;
export type Count = (typeof COUNTS)[number];

/** The parts of an order's way that are measured; kitchen and the way to it go on side by side. */
export const STAGES = ['acceptance', 'kitchen', 'pickupWait', 'ride', 'door'] as const;
export type Stage = (typeof STAGES)[number];
/** From the order to the handover, and its parts. */
export const MEASURES = ['delivery', ...STAGES] as const;
export type Measure = (typeof MEASURES)[number];

export type Figures = Readonly<Record<Count, number>> & {
  /** By currency, minor units: without tips and without what was given back. */
  readonly revenue: Readonly<Record<string, number>>;
  readonly sketches: Readonly<Record<Measure, Sketch>>;
  /** Why orders and offers came to nothing: `order.<how>.<why>`, `offer.<how>.<why>`. */
  readonly reasons: Readonly<Record<string, number>>;
};

/** A value for every key: all keys are there, so that the type holds. */
export const recordOf = <K extends string, V>(
  keys: readonly K[],
  value: (key: K) => V,
): Record<K, V> => Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, V>;

function addMaps(maps: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const map of maps) {
    for (const [key, more] of Object.entries(map)) sum[key] = (sum[key] ?? 0) + more;
  }
  return sum;
}

export const NO_FIGURES: Figures = {
  ...recordOf(COUNTS, () => 0),
  revenue: {},
  sketches: recordOf(MEASURES, () => EMPTY_SKETCH),
  reasons: {},
};

/** The figures of the whole from those of its parts. */
export const addFigures = (parts: readonly Figures[]): Figures => ({
  ...recordOf(COUNTS, (count) => parts.reduce((sum, part) => sum + part[count], 0)),
  revenue: addMaps(parts.map(({ revenue }) => revenue)),
  sketches: recordOf(MEASURES, (measure) =>
    mergeSketches(parts.map(({ sketches }) => sketches[measure])),
  ),
  reasons: addMaps(parts.map(({ reasons }) => reasons)),
});

/** A share of 1; null: of nothing. */
export const shareOf = (part: number, whole: number): number | null =>
  whole > 0 ? part / whole : null;

/** Of delivered orders, those that came by the end of the window told at the checkout. */
export const keptShare = ({ kept, delivered }: Figures) => shareOf(kept, delivered);

/** Of offers that a driver answered or let run out, those accepted; withdrawn ones are nobody's no. */
export const acceptanceShare = (figures: Figures) =>
  shareOf(
    figures.offersAccepted,
    figures.offersAccepted + figures.offersDeclined + figures.offersExpired,
  );

/** Of the time on duty, that with something to carry. */
export const utilisation = ({ busySeconds, dutySeconds }: Figures) =>
  shareOf(busySeconds, dutySeconds);

/** How a share moved against the period before; null where there is nothing to compare with. */
export const differenceOf = (now: number | null, before: number | null): number | null =>
  now === null || before === null ? null : now - before;

/**
 * How a figure moved against the period before, as a share of that one; null where there is nothing to
 * compare with.
 */
export const changeOf = (now: number | null, before: number | null): number | null =>
  now === null || before === null || before === 0 ? null : now / before - 1;
