import type { CaughtUp } from '@/api/live';
import type { DriverPosition } from '@/domain/driver';
import { cursorAfter, type Hint, type HintMessage, judgeHint } from '@/domain/live-hints';

/** Between two questions at least, milliseconds; positions of all drivers are asked for less often. */
const GAP_MS = 250;
const POSITIONS_GAP_MS = 2_000;
/** A hint that was lost is missed for so long: less while something happens, or while no hints come. */
const LOOK_EVERY_MS = 15_000;
const LOOK_WHEN_BUSY_MS = 5_000;
const LOOK_WITHOUT_HINTS_MS = 3_000;
const BUSY_FOR_MS = 60_000;

export type CourierMessage = { orderId: string; position: DriverPosition };

export type ChannelListener = {
  onOpen(): void;
  onClosed(): void;
  onHints(message: HintMessage): void;
  onPosition(message: CourierMessage): void;
  onMoved(): void;
};

export type FollowerPorts = {
  /** What there is after a cursor. */
  ask(cursor: string | null): Promise<CaughtUp>;
  /** Listens on a channel; returns how to stop. */
  join(channel: string, listener: ChannelListener): () => void;
  emit(id: string | null, data: unknown): void;
  setLive(live: boolean): void;
  /** It is over: asking again would be refused again. */
  fail(error: unknown): void;
  isFinal(error: unknown): boolean;
};

/**
 * One subscription without a socket: takes a hint that directly follows what it knows, and asks for what
 * is missing after any other; on a channel that has opened anew, and every few seconds, it asks anyway.
 */
export class Follower implements ChannelListener {
  #over = false;
  #asking = false;
  #again = false;
  #askedAt = Number.NEGATIVE_INFINITY;
  #answered = false;
  #open = false;
  #live = false;
  #newsAt = 0;
  #waiting: { epoch: string; hint: Hint }[] = [];
  #channel: string | null = null;
  #leave: () => void = () => undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #about: Pick<CaughtUp, 'streamId' | 'positions'> = { streamId: null, positions: false };
  #lastPosition: DriverPosition | null = null;

  constructor(
    private readonly ports: FollowerPorts,
    private cursor: string | null,
    private readonly isCourier = false,
  ) {}

  start(): void {
    this.#newsAt = Date.now();
    void this.look();
  }

  stop(): void {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#leave();
  }

  onOpen(): void {
    this.#open = true;
    // What was said before the channel was open was said to nobody.
    void this.look();
  }

  onClosed(): void {
    this.#open = false;
    this.#tellLive();
    this.#lookLater();
  }

  onHints({ epoch, hints }: HintMessage): void {
    if (this.#about.positions) return;
    this.#newsAt = Date.now();
    const { streamId } = this.#about;
    for (const hint of hints) {
      if (!streamId || hint.streamId === streamId) this.#waiting.push({ epoch, hint });
    }
    if (!this.#asking) this.#takeHints();
  }

  onPosition({ orderId, position }: CourierMessage): void {
    this.#newsAt = Date.now();
    if (!this.isCourier || orderId !== this.#about.streamId || this.#asking) return;
    const last = this.#lastPosition;
    // Where nobody is to be seen, a position that comes late is none.
    if (last && Date.parse(last.recordedAt) < Date.parse(position.recordedAt)) {
      this.#emit(null, position);
    }
  }

  onMoved(): void {
    if (this.#about.positions) void this.look();
  }

  /** Asks for everything after the cursor, until there is nothing more. */
  async look(): Promise<void> {
    this.#again = true;
    if (this.#asking) return;
    this.#asking = true;
    try {
      while (this.#again && !this.#over) {
        this.#again = false;
        await this.#pause();
        if (!this.#over) await this.#askOnce();
        if (!this.#over) this.#takeHints();
      }
      this.#answered = true;
    } catch (error) {
      this.#answered = false;
      if (!this.#over && this.ports.isFinal(error)) {
        this.stop();
        this.ports.fail(error);
      }
    } finally {
      this.#asking = false;
    }
    if (this.#over) return;
    this.#tellLive();
    this.#lookLater();
  }

  async #askOnce(): Promise<void> {
    this.#askedAt = Date.now();
    const answer = await this.ports.ask(this.cursor);
    if (this.#over) return;
    const { messages, more, channel, streamId, positions } = answer;
    this.#about = { streamId, positions };
    for (const { id, data } of messages) this.#emit(id, data);
    if (more) {
      this.#again = true;
      this.#askedAt = Number.NEGATIVE_INFINITY;
    }
    if (channel === this.#channel) return;
    this.#leave();
    this.#open = false;
    this.#channel = channel;
    this.#leave = channel ? this.ports.join(channel, this) : () => undefined;
  }

  /** In order as far as they follow; a gap is asked for, and what was known already is dropped. */
  #takeHints(): void {
    for (const { epoch, hint } of this.#waiting.splice(0)) {
      const { event } = hint;
      const verdict = judgeHint(this.cursor, epoch, hint);
      if (verdict === 'known') continue;
      if (verdict === 'gap' || !this.cursor || !event) {
        this.#again = true;
        break;
      }
      this.#emit(cursorAfter(this.cursor, epoch, hint), { kind: 'event', event });
    }
    this.#waiting = [];
    if (this.#again && !this.#asking) void this.look();
  }

  #emit(id: string | null, data: unknown): void {
    if (id !== null) this.cursor = id;
    if (this.isCourier) this.#lastPosition = data as DriverPosition | null;
    this.ports.emit(id, data);
  }

  /** Live is who hears hints and knows what there was before them. */
  #tellLive(): void {
    const live = this.#open && this.#answered;
    if (live === this.#live && live) return;
    this.#live = live;
    this.ports.setLive(live);
  }

  #lookLater(): void {
    clearTimeout(this.#timer);
    const hears = this.#open && this.#answered;
    const busy = Date.now() - this.#newsAt < BUSY_FOR_MS;
    const every = hears ? (busy ? LOOK_WHEN_BUSY_MS : LOOK_EVERY_MS) : LOOK_WITHOUT_HINTS_MS;
    this.#timer = setTimeout(() => void this.look(), every * (0.75 + Math.random() / 2));
  }

  async #pause(): Promise<void> {
    const gap = this.#about.positions ? POSITIONS_GAP_MS : GAP_MS;
    const wait = this.#askedAt + gap - Date.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  }
}
