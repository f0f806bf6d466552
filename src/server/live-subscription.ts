import { QUEUE_LIMIT } from '@/realtime/hub';
import type { LiveFeed } from '@/realtime/live-feed';
import type { Listener, Source } from '@/realtime/shared-stream';
import type { Told } from '@/realtime/told';
import type { GuardedSocket } from './guarded-socket';

/**
 * A feed on a socket. It writes what the reader has missed no faster than they read; from then on nothing
 * of it runs: the hub hands it what is told, already encoded, and it hands that to the socket.
 */
export class LiveSubscription<Value> implements Listener<Value> {
  #sources: readonly Source<Value>[] = [];
  /** Told while the reader catches up; null while they are up to date. */
  #waiting: Told<Value>[] | null = null;
  /** Something was told meanwhile that is not kept: there is another round. */
  #overrun = false;
  #skipping = false;
  #stopped = false;

  constructor(
    private readonly socket: GuardedSocket,
    private readonly feed: LiveFeed<Value>,
    /** What stands before each answer, see `answerHead`. */
    private readonly head: string,
    /** One of them is called, once, when it is over. */
    private readonly over: { ended(): void; failed(error: unknown): void },
  ) {}

  start(): void {
    this.#catchUp().catch((error: unknown) => this.#fail(error));
  }

  stop(): void {
    if (this.#stopped) return;
    this.#leave();
    // While it catches up, what it reads with is closed first.
    if (!this.#waiting) this.over.ended();
  }

  take(told: Told<Value>): void {
    if (this.#stopped) return;
    if (!this.#waiting) {
      if (!this.#pass(told)) this.start();
    } else if (this.#waiting.length < QUEUE_LIMIT) this.#waiting.push(told);
    else this.#overrun = true;
  }

  /** False where only catching up can tell. */
  #pass(told: Told<Value>): boolean {
    const news = this.feed.next(told);
    if (news === 'known') return true;
    if (news === 'behind') return false;
    if (news.nature === 'latest' && this.socket.isSlow) this.#skip();
    else this.#write(news);
    return true;
  }

  /** Who is slow gets no positions until they have read what waits, and then the latest. */
  #skip(): void {
    if (this.#skipping) return;
    this.#skipping = true;
    void this.socket.room().then(() => {
      this.#skipping = false;
      if (this.#stopped) return;
      if (this.#waiting) this.#overrun = true;
      else this.start();
    });
  }

  #write(told: Told<Value>): void {
    if (told.value !== undefined) this.socket.writeFrame(told.frame(this.head));
  }

  async #catchUp(): Promise<void> {
    this.#waiting = [];
    for (;;) {
      for await (const told of this.feed.catchUp((sources) => this.#listen(sources))) {
        if (this.#stopped) break;
        this.#write(told);
        if (this.socket.isSlow) await this.socket.room();
      }
      if (this.#stopped) return this.over.ended();
      if (!this.#overrun) {
        const behind = this.#waiting.findIndex((told) => !this.#pass(told));
        if (behind < 0) break;
        this.#waiting.splice(0, behind + 1);
      } else {
        this.#overrun = false;
        this.#waiting = [];
      }
    }
    this.#waiting = null;
  }

  #listen(sources: readonly Source<Value>[]): void {
    if (this.#stopped) return;
    this.feed.hub.move(this, this.#sources, sources);
    this.#sources = sources;
  }

  #leave(): void {
    this.#listen([]);
    this.#stopped = true;
  }

  #fail(error: unknown): void {
    if (!this.#stopped) {
      this.#leave();
      this.over.failed(error);
    } else this.over.ended();
  }
}
