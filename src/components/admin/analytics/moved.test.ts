import { expect, it } from 'vitest';
import { movedOf } from './moved';

const count = { isShare: false, better: 'more' } as const;
const time = { isShare: false, better: 'less' } as const;
const share = { isShare: true, better: 'more' } as const;

it.each([
  [60, 40, count, { direction: 'more', by: 0.5, isGood: true }],
  [20, 40, count, { direction: 'less', by: 0.5, isGood: false }],
  [1_200, 1_000, time, { direction: 'more', by: 0.2, isGood: false }],
  [0.9, 0.8, share, { direction: 'more', by: 0.1, isGood: true }],
  [0.5, 0.6, { isShare: true, better: null }, { direction: 'less', by: 0.1, isGood: null }],
  [0.801, 0.8, share, { direction: 'same', by: 0, isGood: null }],
] as const)('%d after %d moved', (now, before, compared, moved) => {
  expect(movedOf(now, before, compared)).toEqual({ ...moved, by: expect.closeTo(moved.by, 9) });
});

it('nothing is compared with nothing', () => {
  expect(movedOf(4, 0, count)).toBeNull();
  expect(movedOf(4, null, time)).toBeNull();
  expect(movedOf(null, 0.5, share)).toBeNull();
});
