/** So many at once, and so many more each second. */
export type BucketRule = { burst: number; perSecond: number };
export type Bucket = { tokens: number; at: number };

export const fullBucket = (rule: BucketRule, nowMs: number): Bucket => ({
  tokens: rule.burst,
  at: nowMs,
});

/** The bucket after one was taken at `nowMs`, or null when it is empty. */
export function takeToken(bucket: Bucket, rule: BucketRule, nowMs: number): Bucket | null {
  const refilled = (Math.max(0, nowMs - bucket.at) / 1_000) * rule.perSecond;
  const tokens = Math.min(rule.burst, bucket.tokens + refilled);
  return tokens >= 1 ? { tokens: tokens - 1, at: Math.max(bucket.at, nowMs) } : null;
}
