import { shareAudience } from '@/api/live';
import type { Database } from '@/db/client';
import { readHorizon, readWatermark } from '@/db/queries/events';
import type { DriverPosition } from '@/domain/driver';
import { HINTS } from '@/domain/live-hints';
import { pause } from '@/realtime/pause';
import { publishHints } from '@/realtime/publish-hints';
import { positionMessages } from '@/realtime/publish-positions';
import type { PusherChannels } from '@/relay/pusher-channels';
import type { Round } from './rounds';

/** What a pass may take before it leaves the rest to the next, milliseconds. */
const PASS_MS = 20_000;
/** So long a pass waits for what was committed to come below the watermark, looking every so often. */
const WATERMARK_MS = 2_000;
const LOOK_EVERY_MS = 20;
/** Without anything committed here, a look at the clock this often. */
const BEAT_MS = 3_000;

export type Done = { name: string; ok: boolean; milliseconds: number };

type Options = {
  db: Database;
  channels: PusherChannels;
  rounds: () => Promise<{ quick: Round[]; slow: Round[] }>;
  onError: (error: unknown, where: string) => void;
};

/** What has to happen besides answering requests: hints, and the rounds of the loops. */
export class HostedWork {
  #running: Promise<Done[]> | null = null;
  #again = false;
  #beatenAt = 0;
  #moved = new Map<string, DriverPosition>();

  constructor(private readonly options: Options) {}

  /** Something was committed: hints at it, and does what is due. One pass at a time in a process. */
  async afterCommit(): Promise<void> {
    this.#again = true;
    while (this.#again) {
      if (this.#running) await this.#running;
      else await this.#start();
    }
  }

  /** Somebody has asked for something: what waits for a time alone is done, every few seconds. */
  async beat(): Promise<void> {
    if (Date.now() - this.#beatenAt < BEAT_MS) return;
    await this.afterCommit();
  }

  /** All rounds, the slow ones too, until `deadlineMs` (a time); what was done, and whether it went well. */
  async tick(deadlineMs: number): Promise<Done[]> {
    const { quick, slow } = await this.options.rounds();
    return this.#pass([...quick, ...slow], deadlineMs);
  }

  moved(position: DriverPosition): void {
    this.#moved.set(position.driverId, position);
  }

  /** Tells those who may see them of the positions that have come in. */
  async tellPositions(): Promise<void> {
    const moved = [...this.#moved.values()];
    this.#moved.clear();
    if (moved.length === 0) return;
    const { db, channels } = this.options;
    await channels.send(await positionMessages(db, moved));
  }

  async #start(): Promise<void> {
    this.#again = false;
    this.#beatenAt = Date.now();
    const { quick } = await this.options.rounds();
    this.#running ??= this.#pass(quick, Date.now() + PASS_MS);
    await this.#running.finally(() => {
      this.#running = null;
    });
  }

  /** Hints first: nobody waits for the rounds to see what was committed. */
  async #pass(rounds: readonly Round[], deadlineMs: number): Promise<Done[]> {
    const hints: Round = { name: 'hints', run: () => this.#publish() };
    const done: Done[] = [];
    for (const { name, run } of [hints, ...rounds, hints]) {
      if (Date.now() > deadlineMs) break;
      const startedAt = performance.now();
      const ok = await run().then(
        () => true,
        (error: unknown) => {
          this.options.onError(error, name);
          return false;
        },
      );
      done.push({ name, ok, milliseconds: Math.round(performance.now() - startedAt) });
    }
    return done;
  }

  async #publish(): Promise<void> {
    const { db, channels } = this.options;
    const horizon = BigInt(await readHorizon(db));
    const until = Date.now() + WATERMARK_MS;
    for (;;) {
      await publishHints({
        db,
        share: shareAudience,
        send: (messages) =>
          channels.send(
            messages.map(({ channel, message }) => ({ channel, name: HINTS, data: message })),
          ),
      });
      const { xmin } = await readWatermark(db);
      if (BigInt(xmin) >= horizon || Date.now() > until) return;
      await pause(LOOK_EVERY_MS);
    }
  }
}
