import { type FixAnswer, MAX_FIXES_PER_FRAME } from './fix-frame';
import type { FixProblem, PositionReport } from './position';

/** So many are kept while there is no network, the latest: nearly an hour of one every three seconds. */
const KEPT = 1_000;
/** A frame that is not answered after this is sent again, milliseconds. */
const ANSWER_MS = 10_000;

type Frame = { seq: number; fixes: PositionReport[]; sentAtMs: number };

/** Kept over a reload: whose fixes, oldest first. */
export type KeptFixes = { driverId: string; fixes: PositionReport[] };

/**
 * Fixes on their way from a device: in order, one frame at a time, forgotten once they are answered
 * for. Knows neither clock nor network: its owner sends what `next` gives, and tells what happened.
 */
export class FixOutbox {
  #waiting: PositionReport[];
  #flying: Frame | null = null;
  #seq = 0;
  #notBeforeMs = 0;

  constructor(kept: readonly PositionReport[] = []) {
    this.#waiting = kept.slice(-KEPT);
  }

  get size(): number {
    return this.#waiting.length + (this.#flying?.fixes.length ?? 0);
  }

  /** What is not answered for yet, oldest first. */
  unanswered(): PositionReport[] {
    return [...(this.#flying?.fixes ?? []), ...this.#waiting];
  }

  add(fix: PositionReport): void {
    this.#waiting.push(fix);
    if (this.#waiting.length > KEPT) this.#waiting.shift();
  }

  /** The frame to send now, or null when one is under way or nothing waits. */
  next(nowMs: number): { seq: number; fixes: PositionReport[] } | null {
    if (this.#flying && nowMs - this.#flying.sentAtMs > ANSWER_MS) this.lost();
    if (this.#flying || this.#waiting.length === 0 || nowMs < this.#notBeforeMs) return null;
    this.#seq += 1;
    const fixes = this.#waiting.splice(0, MAX_FIXES_PER_FRAME);
    this.#flying = { seq: this.#seq, fixes, sentAtMs: nowMs };
    return { seq: this.#seq, fixes };
  }

  /** The network is gone: what was under way may not have arrived. A fix that comes twice does no harm. */
  lost(): void {
    if (!this.#flying) return;
    this.#waiting = [...this.#flying.fixes, ...this.#waiting].slice(-KEPT);
    this.#flying = null;
  }

  /**
   * The server has answered; what is wrong with the newest fix of the frame, or null. `off_duty` and
   * frames that it can't read are dropped: sent again, they would fare no better.
   */
  answered(answer: FixAnswer, nowMs: number): FixProblem | null {
    if (!this.#flying || answer.seq !== this.#flying.seq) return null;
    if (answer.kind === 'refused') {
      const { reason, retryAfterMs } = answer;
      if (reason === 'off_duty' || reason === 'bad_frame') {
        this.#flying = null;
      } else {
        this.lost();
        this.#notBeforeMs = nowMs + Math.max(1_000, retryAfterMs);
      }
      return null;
    }
    this.#flying = null;
    const last = answer.outcomes.at(-1);
    const fine = last === undefined || last === 'live' || last === 'history';
    return fine || last === 'position_unreadable' ? null : last;
  }
}
