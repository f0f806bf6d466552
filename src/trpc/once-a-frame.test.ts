import { expect, it } from 'vitest';
import { onceAFrame } from './once-a-frame';

it('hands on together what came before the frame, in its order, and nothing twice', () => {
  const handed: number[][] = [];
  const frames: (() => void)[] = [];
  const take = onceAFrame<number>(
    (all) => handed.push(all),
    (run) => frames.push(run),
  );
  for (const n of [1, 2, 3]) take(n);
  expect(handed).toEqual([]);
  for (const frame of frames.splice(0)) frame();
  take(4);
  for (const frame of frames.splice(0)) frame();
  expect(handed).toEqual([[1, 2, 3], [4]]);
  expect(frames).toEqual([]);
});
