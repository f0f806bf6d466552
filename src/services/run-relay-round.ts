import { randomUUID } from 'node:crypto';
import { claimDestination, nextRelayDue } from '@/db/queries/relay-destinations';
import { BROKER_KINDS, type DestinationKind } from '@/domain/relay/destination';
import type { ServiceContext } from './context';
import { type RelayTiming, serveDestination } from './serve-destination';
import type { Sinks } from './sink';

/** So many destinations are served at once: one that hangs holds a socket, and nobody up. */
const AT_ONCE = 64;
const TIMING: RelayTiming = { leaseSeconds: 30, deadlineMs: 15_000 };

/** What is being delivered by this process now. */
export class RelayPool {
  private readonly running = new Set<Promise<void>>();
  private readonly stopped = new AbortController();

  constructor(
    private readonly options: {
      onError: (error: unknown) => void;
      /** There is room again, and perhaps more to do for who has just been served. */
      onFree?: () => void;
    },
  ) {}

  get full(): boolean {
    return this.running.size >= AT_ONCE || this.stopped.signal.aborted;
  }

  get stopping(): AbortSignal {
    return this.stopped.signal;
  }

  start(work: Promise<void>): void {
    const running = work.catch(this.options.onError).finally(() => {
      this.running.delete(running);
      this.options.onFree?.();
    });
    this.running.add(running);
  }

  /** Until nothing is being delivered any more. */
  async drained(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  /** Begins nothing any more, and breaks off what is under way: the next process tries it again. */
  async stop(): Promise<void> {
    this.stopped.abort();
    await this.drained();
  }
}

export type RelayReport = {
  /** There is a destination: what happens concerns somebody. */
  anyone: boolean;
  /** When the next is due at the latest, or null. */
  nextDueAt: Date | null;
};

/**
 * Starts the delivery to every destination that something is due for, without waiting for any. Where no loop
 * runs, `pool.drained()` waits for the end. May run anywhere, several at once: each destination is leased to one.
 */
export async function runRelayRound(
  ctx: ServiceContext,
  sinks: Sinks,
  pool: RelayPool,
  timing: RelayTiming = TIMING,
): Promise<RelayReport> {
  const kinds: DestinationKind[] = [
    'webhook',
    ...BROKER_KINDS.filter((kind) => sinks.brokers[kind]),
  ];
  const { leaseSeconds } = timing;
  while (!pool.full) {
    const claim = { kinds, now: ctx.now(), holder: randomUUID(), leaseSeconds };
    const claimed = await claimDestination(ctx.db, claim);
    if (!claimed) return nextRelayDue(ctx.db, kinds);
    pool.start(serveDestination({ ctx, sinks, timing, stopping: pool.stopping }, claimed));
  }
  return { anyone: true, nextDueAt: null };
}
