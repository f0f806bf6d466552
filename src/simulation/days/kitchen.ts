import { kitchenPace } from '@/domain/eta';
import type { GeoPoint } from '@/domain/geo';
import { between, exponential, lognormal } from './noise';

type Random = () => number;

/** A kitchen as it really is: slower or faster than it says, with so many pans. */
export class Kitchen {
  readonly prepMinutes: number;
  readonly #bias: number;
  readonly #pansFreeAt: number[];
  readonly #took: number[] = [];

  constructor(
    readonly id: string,
    readonly at: GeoPoint,
    private readonly random: Random,
  ) {
    this.prepMinutes = Math.round(between(random, 8, 24));
    this.#bias = between(random, 0.85, 1.25);
    this.#pansFreeAt = Array.from({ length: Math.round(between(random, 3, 6)) }, () => 0);
  }

  /** Seconds until somebody in the kitchen says yes. */
  answerSeconds(): number {
    return exponential(this.random, 40);
  }

  /** Takes an order accepted at `nowS`; answers when it will really be ready, seconds. */
  cook(nowS: number): number {
    const pan = this.#pansFreeAt.indexOf(Math.min(...this.#pansFreeAt));
    const start = Math.max(nowS, this.#pansFreeAt[pan] ?? 0);
    const ready = start + this.prepMinutes * 60 * this.#bias * lognormal(this.random, 0.22);
    this.#pansFreeAt[pan] = ready;
    return ready;
  }

  /** Remembers what an order took, as the platform sees it. */
  remember(tookMinutes: number): void {
    this.#took.push(tookMinutes);
  }

  get pace(): number {
    const latest = this.#took.slice(-20);
    return kitchenPace({
      orders: latest.length,
      saidMinutes: latest.length * this.prepMinutes,
      tookMinutes: latest.reduce((sum, minutes) => sum + minutes, 0),
    });
  }
}
