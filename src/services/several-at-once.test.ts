import { describe, expect, it } from 'vitest';
import { severalAtOnce } from './several-at-once';

/** Work that the test ends by hand. */
function workByHand() {
  const begun: { item: number; end: (error?: Error) => void }[] = [];
  return {
    begun,
    items: () => begun.map(({ item }) => item),
    work: (item: number) =>
      new Promise<void>((resolve, reject) => {
        begun.push({ item, end: (error) => (error ? reject(error) : resolve()) });
      }),
  };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('several at once', () => {
  it('begin in their order, and another as soon as one is done', async () => {
    const { begun, items, work } = workByHand();
    const all = severalAtOnce([1, 2, 3, 4], work, 2);
    expect(items()).toEqual([1, 2]);
    begun[1]?.end();
    await turn();
    expect(items()).toEqual([1, 2, 3]);
    begun[0]?.end();
    begun[2]?.end();
    await turn();
    expect(items()).toEqual([1, 2, 3, 4]);
    begun[3]?.end();
    expect(await all).toBeUndefined();
  });

  it('go on when one fails, which is told at the end', async () => {
    const { begun, items, work } = workByHand();
    const all = severalAtOnce([1, 2, 3], work, 1);
    begun[0]?.end(new Error('the first'));
    await turn();
    begun[1]?.end(new Error('the second'));
    await turn();
    expect(items()).toEqual([1, 2, 3]);
    begun[2]?.end();
    await expect(all).rejects.toThrow('the first');
  });

  it('are none where there is nothing to do', async () => {
    await severalAtOnce([], () => Promise.reject(new Error('called')));
  });
});
