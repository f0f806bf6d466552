import { expect, it } from 'vitest';
import type { Sink } from './sink';
import { tryToDeliver } from './try-to-deliver';

const never = new AbortController().signal;
const hangs: Sink['deliver'] = () => new Promise(() => undefined);
const result = async (deliver: Sink['deliver'], deadlineMs = 5_000, stopping = never) =>
  (await tryToDeliver({ deliver }, [], deadlineMs, stopping)).result;

it('a sink that neither answers nor heeds the signal is left at the deadline', async () => {
  expect(await result(hangs, 20)).toEqual({ kind: 'failed', error: 'No answer within 0.02 s.' });
});

it('a sink that is told to end in time ends by its signal', async () => {
  let ended = false;
  const heeds: Sink['deliver'] = (_, signal) =>
    new Promise((resolve) => {
      signal.addEventListener('abort', () => {
        ended = true;
        resolve({ kind: 'failed', error: 'cut' });
      });
    });
  expect((await result(heeds, 20))?.kind).toBe('failed');
  expect(ended).toBe(true);
});

it('a sink that throws has failed, with its reason', async () => {
  const throws: Sink['deliver'] = async () => {
    throw new Error('out of paper');
  };
  expect(await result(throws)).toEqual({ kind: 'failed', error: 'out of paper' });
});

it('nothing is known of what was under way when the process ended', async () => {
  const stopping = new AbortController();
  const call = result(hangs, 5_000, stopping.signal);
  stopping.abort();
  expect(await call).toBeNull();
  let called = false;
  const notes: Sink['deliver'] = async () => {
    called = true;
    return { kind: 'delivered' };
  };
  expect(await result(notes, 5_000, stopping.signal)).toBeNull();
  expect(called).toBe(false);
});
