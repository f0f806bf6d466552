/** Before anything is known: as if each restaurant had had one order lately. */
const PRIOR = 1;
const KEPT_PER_MINUTE = 0.99;

/** What to expect of each restaurant, from the orders placed so far: recent ones count most. */
export class Demand<Place> {
  private readonly recent = new Map<string, number>();
  private at: number;

  /** `at`: the clock when nothing has been placed yet, seconds. */
  constructor(
    private readonly restaurants: ReadonlyMap<string, Place>,
    at = 0,
  ) {
    this.at = at;
  }

  placed(restaurant: string): void {
    this.recent.set(restaurant, (this.recent.get(restaurant) ?? 0) + 1);
  }

  /** `now` in seconds. */
  expect(now: number): { place: Place; expectedOrders: number }[] {
    const kept = KEPT_PER_MINUTE ** ((now - this.at) / 60);
    this.at = now;
    return [...this.restaurants].map(([id, place]) => {
      const recent = (this.recent.get(id) ?? 0) * kept;
      this.recent.set(id, recent);
      return { place, expectedOrders: PRIOR + recent };
    });
  }
}
