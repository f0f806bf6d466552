import type { PreviewJob, PreviewStep } from '@/domain/replay/preview';

/** Where replays are run: they take seconds of a processor, which no request may wait for. */
export type Replays = {
  /** Ends with the last step; breaks off, without one, when `signal` says so. */
  run(job: PreviewJob, signal: AbortSignal | undefined): AsyncGenerator<PreviewStep, void>;
};
