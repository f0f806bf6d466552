import { describe, expect, it } from 'vitest';
import { batchReader } from './batch-reader';

/** A store that answers when it is told to. */
function store() {
  const asked: { keys: readonly string[]; answer(): void; fail(): void }[] = [];
  const read = (keys: readonly string[]) =>
    new Promise<ReadonlyMap<string, string>>((resolve, reject) => {
      asked.push({
        keys,
        answer: () => resolve(new Map(keys.map((key) => [key, `${key}!`]))),
        fail: () => reject(new Error('away')),
      });
    });
  return { asked, read };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('reading for many at once', () => {
  it('takes those who ask in one turn together', async () => {
    const { asked, read } = store();
    const reader = batchReader(read);
    const found = Promise.all([reader('a'), reader('b'), reader('a')]);
    await turn();
    expect(asked.map(({ keys }) => keys)).toEqual([['a', 'b']]);
    asked[0]?.answer();
    expect(await found).toEqual(['a!', 'b!', 'a!']);
  });

  it('while reading, lets who asks wait for the next, which is read afterwards', async () => {
    const { asked, read } = store();
    const reader = batchReader(read, 'while reading');
    const first = reader('a');
    await turn();
    await turn();
    const later = Promise.all([reader('a'), reader('b')]);
    await turn();
    expect(asked.map(({ keys }) => keys)).toEqual([['a']]);
    asked[0]?.answer();
    expect(await first).toBe('a!');
    await turn();
    await turn();
    expect(asked.map(({ keys }) => keys)).toEqual([['a'], ['a', 'b']]);
    asked[1]?.answer();
    expect(await later).toEqual(['a!', 'b!']);
  });

  it('goes on after one that failed', async () => {
    const { asked, read } = store();
    const reader = batchReader(read, 'while reading');
    const first = reader('a');
    await turn();
    await turn();
    const second = reader('b');
    asked[0]?.fail();
    await expect(first).rejects.toThrow('away');
    await turn();
    await turn();
    asked[1]?.answer();
    expect(await second).toBe('b!');
  });
});
