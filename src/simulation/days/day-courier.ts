import { VEHICLE_SPEED_MPS, VEHICLES, type Vehicle } from '@/domain/driver';
import type { GeoPoint } from '@/domain/geo';
import { type Route, type Router, walkAlong } from '@/simulation/routing';
import { lognormal } from './noise';

type Random = () => number;

/** A courier as they really are: with a pace of their own, slower when the streets are full. */
export class DayCourier {
  readonly vehicle: Vehicle;
  at: GeoPoint;
  /** Carries an order, or is being asked about one. */
  busy = false;
  readonly #habit: number;
  #leg: { route: Route; covered: number; speedMps: number } | null = null;

  constructor(
    readonly id: string,
    home: GeoPoint,
    private readonly random: Random,
    private readonly router: Router,
  ) {
    this.at = home;
    this.vehicle = VEHICLES[Math.floor(random() * VEHICLES.length)] ?? 'bike';
    this.#habit = lognormal(random, 0.12);
  }

  setOut(to: GeoPoint, traffic: number): void {
    const speedMps =
      VEHICLE_SPEED_MPS[this.vehicle] * this.#habit * traffic * lognormal(this.random, 0.1);
    this.#leg = { route: this.router.route(this.at, to), covered: 0, speedMps };
  }

  /** Rides on for so many seconds; true when the leg is done. */
  ride(seconds: number): boolean {
    if (!this.#leg) return true;
    this.#leg.covered += this.#leg.speedMps * seconds;
    const { point, done } = walkAlong(this.#leg.route, this.#leg.covered);
    this.at = point;
    if (done) this.#leg = null;
    return done;
  }
}
