/** Of none: null. */
export function quantile(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? sorted[0] ?? null;
}

export const median = (values: readonly number[]): number | null => quantile(values, 0.5);

/** Of none: null. */
export const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

/** 0: everybody has the same; towards 1: one has it all (Gini). */
export function inequality(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const total = sorted.reduce((sum, value) => sum + value, 0);
  if (total === 0) return null;
  const weighted = sorted.reduce((sum, value, n) => sum + (n + 1) * value, 0);
  return (2 * weighted) / (sorted.length * total) - (sorted.length + 1) / sorted.length;
}
