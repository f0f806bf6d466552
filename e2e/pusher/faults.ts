import { seededRandom } from '@/domain/random';

/** Of all messages, the share that is lost, comes twice, or comes after those behind it. */
export type FaultRates = { drop: number; repeat: number; reorder: number };

export const NO_FAULTS: FaultRates = { drop: 0, repeat: 0, reorder: 0 };

/** What is held back comes after this, if nothing overtakes it before, milliseconds. */
const HELD_MS = 400;

/** The way of one socket's messages when the network misbehaves; the same seed, the same faults. */
export class FaultyWay {
  readonly #random: () => number;
  #held: { message: string; timer: NodeJS.Timeout }[] = [];

  constructor(
    private readonly rates: FaultRates,
    private readonly counts: Record<keyof FaultRates | 'sent', number>,
    seed: number,
    private readonly deliver: (message: string) => void,
  ) {
    this.#random = seededRandom(seed);
  }

  send(message: string): void {
    const { drop, repeat, reorder } = this.rates;
    const dice = this.#random();
    this.counts.sent += 1;
    if (dice < drop) {
      this.counts.drop += 1;
    } else if (dice < drop + reorder) {
      this.counts.reorder += 1;
      const timer = setTimeout(() => this.#letGo(), HELD_MS);
      this.#held.push({ message, timer });
    } else {
      this.deliver(message);
      if (dice < drop + reorder + repeat) {
        this.counts.repeat += 1;
        this.deliver(message);
      }
      this.#letGo();
    }
  }

  stop(): void {
    for (const { timer } of this.#held.splice(0)) clearTimeout(timer);
  }

  #letGo(): void {
    for (const { message, timer } of this.#held.splice(0)) {
      clearTimeout(timer);
      this.deliver(message);
    }
  }
}
