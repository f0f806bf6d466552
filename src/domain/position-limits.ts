import type { BucketRule } from './token-bucket';

export type PositionLimits = { frames: BucketRule; fixes: BucketRule };

/** A page sends a fix every three seconds, and after a break some frames with what it kept. */
export const POSITION_LIMITS: PositionLimits = {
  frames: { burst: 20, perSecond: 4 },
  fixes: { burst: 1_500, perSecond: 10 },
};

/** A fix older than this says nothing about where the driver is now, seconds. */
export const STALE_AFTER_S = 60;
