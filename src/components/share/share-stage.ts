import type { ShareView } from '@/domain/share';

export const SHARE_STAGES = [
  'placed',
  'cooking',
  'waiting',
  'searching',
  'counter',
  'onTheWay',
  'imminent',
  'atDoor',
] as const;
export type ShareStage = (typeof SHARE_STAGES)[number];

/** How far along the way each stage is, from the kitchen (0) to the door (1). */
export const PROGRESS: Readonly<Record<ShareStage, number>> = {
  placed: 0,
  cooking: 0,
  waiting: 0,
  searching: 0,
  counter: 0,
  onTheWay: 0.52,
  imminent: 0.84,
  atDoor: 1,
};

/** What a stranger is told about how it stands. */
export function stageOf({ status, deliveryStatus, imminent }: ShareView): ShareStage {
  if (deliveryStatus === 'at_dropoff') return 'atDoor';
  if (deliveryStatus === 'picked_up') return imminent ? 'imminent' : 'onTheWay';
  if (status === 'placed' || status === 'accepted') return 'placed';
  if (status !== 'ready') return deliveryStatus === 'at_pickup' ? 'waiting' : 'cooking';
  if (deliveryStatus === null) return 'counter';
  return deliveryStatus === 'at_pickup' ? 'waiting' : 'searching';
}
