import { describe, expect, it } from 'vitest';
import { PROGRESS, SHARE_STAGES, type ShareStage, stageOf } from './share-stage';

const VIEW = {
  status: 'preparing',
  deliveryStatus: 'offering',
  imminent: false,
  etaFrom: '',
  etaTo: '',
  timeZone: 'UTC',
} as const;

describe('what a share link says', () => {
  it.each<[ShareStage, object]>([
    ['placed', { status: 'placed', deliveryStatus: null }],
    ['placed', { status: 'accepted', deliveryStatus: 'offering' }],
    ['cooking', {}],
    ['cooking', { deliveryStatus: null }],
    ['waiting', { deliveryStatus: 'at_pickup' }],
    ['searching', { status: 'ready' }],
    ['searching', { status: 'ready', deliveryStatus: 'assigned' }],
    ['counter', { status: 'ready', deliveryStatus: null }],
    ['onTheWay', { status: 'ready', deliveryStatus: 'picked_up' }],
    ['imminent', { status: 'ready', deliveryStatus: 'picked_up', imminent: true }],
    ['atDoor', { status: 'ready', deliveryStatus: 'at_dropoff', imminent: true }],
  ])('%s', (stage, change) => {
    expect(stageOf({ ...VIEW, ...change })).toBe(stage);
  });

  it('never goes back along the way', () => {
    const way = SHARE_STAGES.map((stage) => PROGRESS[stage]);
    expect(way).toEqual(way.toSorted((a, b) => a - b));
  });
});
