/** The median, the 99th percentile and the worst of some measurements, as a row of a table. */
export function percentiles(
  title: string,
  values: readonly number[],
  digits = 1,
): Record<string, string> {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
  const ms = (value: number) => `${value.toFixed(digits)} ms`;
  return {
    measured: title,
    n: `${sorted.length}`,
    median: ms(at(0.5)),
    p99: ms(at(0.99)),
    worst: ms(at(1)),
  };
}
