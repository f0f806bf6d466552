/** So many at once, and so many more each second. */
export type BucketRule = { burst: number; perSecond: number };
export type Bucket = { tokens: number; at: number };

export const fullBucket = (rule: BucketRule, nowMs: number): Bucket => ({
  tokens: rule.burst,
  at: nowMs,
});

/** The bucket after `count` were taken at `nowMs`, or null when it holds less. */
export function takeToken(
  bucket: Bucket,
  rule: BucketRule,
  nowMs: number,
  count = 1,
): Bucket | null {
  const refilled = (Math.max(0, nowMs - bucket.at) / 1_000) * rule.perSecond;
  const tokens = Math.min(rule.burst, bucket.tokens + refilled);
  return tokens >= count ? { tokens: tokens - count, at: Math.max(bucket.at, nowMs) } : null;
}

/** How long until `count` can be taken, milliseconds. */
export function msUntilTokens(bucket: Bucket, rule: BucketRule, nowMs: number, count = 1): number {
  const missing = Math.max(0, count - bucket.tokens);
  return Math.max(0, (missing / rule.perSecond) * 1_000 - Math.max(0, nowMs - bucket.at));
}
