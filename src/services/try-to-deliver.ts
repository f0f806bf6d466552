import type { LogEvent } from '@/domain/events';
import type { Sink, SinkResult } from './sink';

const LATE = Symbol('late');
const ENDING = Symbol('ending');

/** One call of a sink, cut off at its deadline. No result: the process is ending, nothing is known. */
export async function tryToDeliver(
  sink: Pick<Sink, 'deliver'>,
  events: readonly LogEvent[],
  deadlineMs: number,
  stopping: AbortSignal,
): Promise<{ result: SinkResult | null; milliseconds: number }> {
  const startedAt = performance.now();
  const cut = new AbortController();
  const timer = setTimeout(() => cut.abort(LATE), deadlineMs);
  const end = () => cut.abort(ENDING);
  if (stopping.aborted) end();
  stopping.addEventListener('abort', end, { once: true });
  const cutOff = new Promise<SinkResult | null>((resolve) => {
    const settle = () =>
      resolve(
        cut.signal.reason === LATE
          ? { kind: 'failed', error: `No answer within ${deadlineMs / 1_000} s.` }
          : null,
      );
    if (cut.signal.aborted) settle();
    else cut.signal.addEventListener('abort', settle, { once: true });
  });
  const call = cut.signal.aborted
    ? cutOff
    : sink.deliver(events, cut.signal).catch((error: unknown): SinkResult => {
        return { kind: 'failed', error: error instanceof Error ? error.message : String(error) };
      });
  try {
    // Whatever the sink makes of being cut off, the deadline says what it was.
    const result = await Promise.race([cutOff, call]);
    return { result, milliseconds: Math.round(performance.now() - startedAt) };
  } finally {
    clearTimeout(timer);
    stopping.removeEventListener('abort', end);
  }
}
