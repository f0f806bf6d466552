import { afterEach, expect, it } from 'vitest';
import { decodeFixes, encodeOutcomes, encodeRefused } from '@/domain/fix-frame';
import type { FixProblem, PositionReport } from '@/domain/position';
import { sideSocket } from '@/trpc/side-channel';
import { type PositionSender, startPositionSender } from './position-sender';

const fix = (second: number): PositionReport => ({
  at: { lat: 37.9, lng: -29.6 },
  headingDeg: null,
  speedMps: null,
  accuracyM: 5,
  recordedAt: new Date(1_800_000_000_000 + second * 1_000).toISOString(),
});

/** The page's socket, and what was sent over it: for each frame the seconds of its fixes. */
function aSocket() {
  const frames: { seq: number; seconds: number[] }[] = [];
  return {
    frames,
    send(data: ArrayBuffer) {
      const frame = decodeFixes(new Uint8Array(data));
      const seconds = frame?.fixes.map(
        (each) => Date.parse(each?.recordedAt ?? '') / 1_000 - 1.8e9,
      );
      frames.push({ seq: frame?.seq ?? 0, seconds: seconds ?? [] });
    },
  };
}

const started: PositionSender[] = [];
function start(answers: (FixProblem | null)[] = []) {
  const sender = startPositionSender('dee', (problem) => answers.push(problem));
  started.push(sender);
  return sender;
}

afterEach(() => {
  for (const sender of started.splice(0)) sender.stop();
});

it('sends each fix as it comes, and the next once it is answered for', () => {
  const socket = aSocket();
  const answers: (FixProblem | null)[] = [];
  const sender = start(answers);
  sideSocket.opened(socket);
  sender.send(fix(1));
  sender.send(fix(4));
  expect(socket.frames).toEqual([{ seq: 1, seconds: [1] }]);
  sideSocket.received(encodeOutcomes([{ seq: 1, outcomes: ['live'] }]));
  expect(socket.frames.at(-1)).toEqual({ seq: 2, seconds: [4] });
  sideSocket.received(encodeOutcomes([{ seq: 2, outcomes: ['position_from_future'] }]));
  expect(answers).toEqual([null, 'position_from_future']);
  sideSocket.closed(socket);
});

it('keeps fixes while there is no socket, and sends them in order when there is one again', () => {
  const [before, after] = [aSocket(), aSocket()];
  const sender = start();
  sideSocket.opened(before);
  sender.send(fix(1));
  // The network goes before the answer comes.
  sideSocket.closed(before);
  sender.send(fix(4));
  sender.send(fix(7));
  expect(before.frames).toHaveLength(1);
  sideSocket.opened(after);
  expect(after.frames).toEqual([{ seq: 2, seconds: [1, 4, 7] }]);
  sideSocket.closed(after);
});

it('is not put off by a late close of the socket before, nor by an answer to nothing', () => {
  const [before, after] = [aSocket(), aSocket()];
  const sender = start();
  sideSocket.opened(before);
  sideSocket.opened(after);
  sideSocket.closed(before);
  sideSocket.received(encodeRefused(9, 'unavailable', 0));
  sender.send(fix(1));
  expect(after.frames).toHaveLength(1);
  sideSocket.closed(after);
});
