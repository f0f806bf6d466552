import { describe, expect, it } from 'vitest';
import { startLoop } from './loops';

/** Something that happens once, and can be waited for. */
function happening<T = void>() {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, happen: (value: T) => resolve(value) };
}

/** A round that the test ends by hand. */
type Round = { end: (due: Date | null) => void; fail: (error: Error) => void };

/** A loop whose rounds begin and end when the test says so. */
function loopByHand() {
  const errors: unknown[] = [];
  const begun: Round[] = [];
  let told = happening<void>();
  const loop = startLoop({
    name: 'test',
    round: () =>
      new Promise<Date | null>((end, fail) => {
        begun.push({ end, fail });
        told.happen();
        told = happening();
      }),
    onError: (error) => errors.push(error),
  });
  return {
    loop,
    errors,
    begun,
    /** The n-th round, once it has begun. */
    async round(n: number): Promise<Round> {
      for (;;) {
        const round = begun[n - 1];
        if (round) return round;
        await told.promise;
      }
    },
  };
}

const settled = async (promise: Promise<void>): Promise<boolean> => {
  const nothing = Symbol('nothing');
  // A turn of the event loop, so that everything that can go on has gone on.
  const turn = new Promise((resolve) => setImmediate(() => resolve(nothing)));
  return (await Promise.race([promise, turn])) !== nothing;
};

const inAnHour = () => new Date(Date.now() + 3_600_000);

describe('a loop', () => {
  it('does not keep its process from stopping by a round that never ends', async () => {
    const { loop, round } = loopByHand();
    await round(1);
    const startedAt = performance.now();
    await loop.stop();
    expect(performance.now() - startedAt).toBeGreaterThan(4_900);
  }, 15_000);

  it('runs a round at once, and another one when it is woken in its sleep', async () => {
    const { loop, round, begun } = loopByHand();
    (await round(1)).end(inAnHour());
    await new Promise((resolve) => setImmediate(resolve));
    expect(begun).toHaveLength(1);
    loop.wake();
    (await round(2)).end(inAnHour());
    await loop.stop();
    expect(begun).toHaveLength(2);
  });

  it('runs another round when it is woken during one, and never two at once', async () => {
    const { loop, round, begun } = loopByHand();
    const first = await round(1);
    loop.wake();
    loop.wake();
    loop.wake();
    await new Promise((resolve) => setImmediate(resolve));
    expect(begun).toHaveLength(1);
    first.end(inAnHour());
    (await round(2)).end(inAnHour());
    await new Promise((resolve) => setImmediate(resolve));
    expect(begun).toHaveLength(2);
    await loop.stop();
  });

  it('comes back by itself when something is due', async () => {
    const { loop, round } = loopByHand();
    (await round(1)).end(new Date(Date.now() - 1_000));
    (await round(2)).end(inAnHour());
    await loop.stop();
  });

  it('is not ended by an error, tells of it, and can be woken right after it', async () => {
    const { loop, round, errors } = loopByHand();
    const failure = new Error('the database is away');
    (await round(1)).fail(failure);
    await new Promise((resolve) => setImmediate(resolve));
    expect(errors).toEqual([failure]);
    loop.wake();
    (await round(2)).end(inAnHour());
    expect(loop.health()).toMatchObject({ name: 'test', healthy: true });
    await loop.stop();
  });

  it('waits for the round that runs before it is stopped, and begins no other', async () => {
    const { loop, round, begun } = loopByHand();
    const first = await round(1);
    loop.wake();
    const stopped = loop.stop();
    expect(await settled(stopped)).toBe(false);
    first.end(null);
    await stopped;
    expect(begun).toHaveLength(1);
  });

  it('stops at once while it sleeps', async () => {
    const { loop, round } = loopByHand();
    (await round(1)).end(inAnHour());
    await new Promise((resolve) => setImmediate(resolve));
    expect(await settled(loop.stop())).toBe(true);
  });
});
