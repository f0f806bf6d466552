import type { Instance, Spot } from './instance';

/** Before anything is known: as if each restaurant had had one order lately. */
const PRIOR = 1;
const KEPT_PER_MINUTE = 0.99;

/** What to expect of each restaurant, from the orders placed so far: recent ones count most. */
export class Demand {
  private readonly recent = new Map<string, number>();
  private at = 0;

  constructor(private readonly restaurants: Instance['restaurants']) {}

  placed(restaurant: string): void {
    this.recent.set(restaurant, (this.recent.get(restaurant) ?? 0) + 1);
  }

  /** `now` in seconds. */
  expect(now: number): { place: Spot; expectedOrders: number }[] {
    const kept = KEPT_PER_MINUTE ** ((now - this.at) / 60);
    this.at = now;
    return [...this.restaurants].map(([id, place]) => {
      const recent = (this.recent.get(id) ?? 0) * kept;
      this.recent.set(id, recent);
      return { place, expectedOrders: PRIOR + recent };
    });
  }
}
