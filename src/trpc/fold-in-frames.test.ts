import { describe, expect, it } from 'vitest';
import { type Frames, foldInFrames, type Step } from './fold-in-frames';

/** Frames that are drawn by hand, on a clock that stands still but for what steps take. */
function handDrawn() {
  let clock = 0;
  let next: ((seen: boolean) => void) | null = null;
  const frames: Frames = {
    next(run) {
      expect(next).toBeNull();
      next = run;
    },
    now: () => clock,
  };
  const draw = (seen = true) => {
    const run = next;
    next = null;
    run?.(seen);
    return run !== null;
  };
  const adding =
    (n: number, tookMs = 0): Step<readonly number[]> =>
    (before) => {
      clock += tookMs;
      return [...before, n];
    };
  return { frames, draw, adding };
}

function folding() {
  const { frames, draw, adding } = handDrawn();
  const published: (readonly number[])[] = [];
  const take = foldInFrames<readonly number[]>([], (value) => published.push(value), frames);
  return { draw, adding, take, published };
}

describe('what is folded in frames', () => {
  it('is published together before the frame, in its order, and nothing twice', () => {
    const { draw, adding, take, published } = folding();
    take([adding(1), adding(2)]);
    take([adding(3)]);
    expect(published).toEqual([]);
    expect(draw()).toBe(true);
    take([adding(4)]);
    draw();
    expect(published).toEqual([
      [1, 2, 3],
      [1, 2, 3, 4],
    ]);
    expect(draw()).toBe(false);
  });

  it('goes on in the frames after it when it takes long, each time at least by a step', () => {
    const { draw, adding, take, published } = folding();
    take([adding(1, 5), adding(2, 5), adding(3, 50), adding(4)]);
    draw();
    // What comes meanwhile waits its turn.
    take([adding(5)]);
    while (draw());
    expect(published).toEqual([
      [1, 2],
      [1, 2, 3],
      [1, 2, 3, 4, 5],
    ]);
  });

  it('is done at once where nobody looks', () => {
    const { draw, adding, take, published } = folding();
    take([adding(1, 50), adding(2, 50), adding(3, 50)]);
    draw(false);
    expect(published).toEqual([[1, 2, 3]]);
    expect(draw()).toBe(false);
  });

  it('is not published when the steps changed nothing', () => {
    const { draw, take, published } = folding();
    take([(before) => before]);
    take([]);
    draw();
    expect(published).toEqual([]);
    expect(draw()).toBe(false);
  });
});
