import { on, once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { PreviewJob, PreviewStep } from '@/domain/replay/preview';
import type { Replays } from '@/services/replays';

/** What a thread is started with. */
export type ReplayOrder = { databaseUrl: string; pooled: boolean; job: PreviewJob };

export type ReplayThreads = Replays & { stop(): void };

type Limits = { milliseconds: number; megabytes: number };
const LIMITS: Limits = { milliseconds: 300_000, megabytes: 1_024 };

/**
 * Runs previews in threads of their own, one at a time and within limits, so that no loop of the server
 * waits for one. Each ends its thread, however it ends.
 */
export function openReplayThreads(
  database: Omit<ReplayOrder, 'job'>,
  limits: Limits = LIMITS,
): ReplayThreads {
  const closing = new AbortController();
  let running: Promise<void> | null = null;

  async function* inThread(job: PreviewJob, signal: AbortSignal) {
    const order: ReplayOrder = { ...database, job };
    const thread = new Worker(new URL('./replay-thread.mjs', import.meta.url), {
      workerData: order,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: limits.megabytes },
    });
    const late = AbortSignal.timeout(limits.milliseconds);
    const messages = on(thread, 'message', {
      close: ['exit'],
      signal: AbortSignal.any([signal, late]),
    });
    try {
      // A thread says nothing but steps.
      for await (const [step] of messages) yield step as PreviewStep;
    } catch (error) {
      if (late.aborted) yield { kind: 'too_much', of: 'time' } satisfies PreviewStep;
      else if (isOutOfMemory(error)) yield { kind: 'too_much', of: 'memory' } satisfies PreviewStep;
      else if (!signal.aborted) throw error;
    } finally {
      await thread.terminate();
    }
  }

  return {
    async *run(job, asked) {
      const signal = AbortSignal.any([closing.signal, ...(asked ? [asked] : [])]);
      while (running) {
        yield { kind: 'waiting' };
        await Promise.race([running, aborted(signal)]);
        if (signal.aborted) return;
      }
      if (signal.aborted) return;
      let over: () => void = () => undefined;
      running = new Promise((resolve) => {
        over = resolve;
      });
      try {
        yield* inThread(job, signal);
      } finally {
        running = null;
        over();
      }
    },
    stop: () => closing.abort(),
  };
}

const aborted = async (signal: AbortSignal): Promise<void> => {
  if (!signal.aborted) await once(signal, 'abort');
};

const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
