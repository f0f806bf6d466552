type Random = () => number;

/** Exponentially distributed with this mean. */
export const exponential = (random: Random, mean: number): number => -Math.log(1 - random()) * mean;

/** Standard normal (Box–Muller). */
const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** A factor around 1 (its median) whose logarithm has this standard deviation. */
export const lognormal = (random: Random, sigma: number): number =>
  Math.exp(sigma * normal(random));

export const between = (random: Random, low: number, high: number): number =>
  low + random() * (high - low);
