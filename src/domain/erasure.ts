/** Why an admin deletes somebody's account: not in words, in which the person would live on. */
export const ERASE_REASONS = ['asked', 'unused', 'law', 'abuse'] as const;
export type EraseReason = (typeof ERASE_REASONS)[number];
