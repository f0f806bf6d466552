/** What can be wrong with a driver on the way; the opposite of all is progress. */
export const STALL_KINDS = ['stalled', 'going_away', 'dark', 'blocked'] as const;
export type StallKind = (typeof STALL_KINDS)[number];

/** Who has been told: the driver first, then a dispatcher as well. */
export const STALL_TOLD = ['driver', 'admin'] as const;
export type StallTold = (typeof STALL_TOLD)[number];
