import { stored } from '@/components/shared/stored';
import { decodeAnswers, encodeFixes } from '@/domain/fix-frame';
import { FixOutbox, type KeptFixes } from '@/domain/fix-outbox';
import { type FixProblem, isReport, type PositionReport } from '@/domain/position';
import { listenToFrames, sendFrame } from '@/trpc/side-channel';

/** Also looks whether an answer stays away, milliseconds. */
const LOOK_EVERY_MS = 2_000;

/** What could not be sent, over a reload too. */
const kept = stored<KeptFixes | null>('hotfoot-unsent-positions', null, (value) => {
  const { driverId, fixes } = (value ?? {}) as Partial<Record<keyof KeptFixes, unknown>>;
  if (typeof driverId !== 'string' || !Array.isArray(fixes)) return null;
  return { driverId, fixes: fixes.filter(isReport) };
});

export type PositionSender = {
  /** Sends a fix, or keeps it until there is a network. */
  send(fix: PositionReport): void;
  stop(): void;
};

/** Sends the fixes of one driver over the page's socket, in order. */
export function startPositionSender(
  driverId: string,
  onAnswer: (problem: FixProblem | null) => void,
): PositionSender {
  const before = kept.get();
  const outbox = new FixOutbox(before?.driverId === driverId ? before.fixes : []);
  let online = false;

  /** Only what waits for a network is written down: in the usual case nothing is. */
  const keep = () => {
    const fixes = online && outbox.size <= 1 ? [] : outbox.unanswered();
    if (fixes.length > 0) kept.set({ driverId, fixes });
    else if (kept.get() !== null) kept.set(null);
  };

  const pump = () => {
    const frame = online ? outbox.next(Date.now()) : null;
    if (frame && !sendFrame(encodeFixes(frame.seq, frame.fixes))) outbox.lost();
  };

  const stopListening = listenToFrames({
    onOpen() {
      online = true;
      outbox.lost();
      pump();
    },
    onClose() {
      online = false;
      outbox.lost();
      keep();
    },
    onFrame(bytes) {
      for (const answer of decodeAnswers(bytes)) {
        onAnswer(outbox.answered(answer, Date.now()));
      }
      keep();
      pump();
    },
  });
  const timer = setInterval(pump, LOOK_EVERY_MS);

  return {
    send(fix) {
      outbox.add(fix);
      pump();
      keep();
    },
    stop() {
      clearInterval(timer);
      stopListening();
    },
  };
}
