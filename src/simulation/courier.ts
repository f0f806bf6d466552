import type { HotfootClient } from '@/client/node';
import type { DriverStep } from '@/domain/delivery';
import { VEHICLE_SPEED_MPS, type Vehicle } from '@/domain/driver';
import { applyToDriverView, type DriverView } from '@/domain/driver-view';
import type { GeoPoint } from '@/domain/geo';
import { needsPin, type ProofInput } from '@/domain/handover';
import type { OfferImage } from '@/domain/offer';
import type { OrderImage } from '@/domain/order';
import { nextJob } from '@/domain/run';
import type { OrderCard } from '@/domain/views';
import { newKey } from '@/trpc/idempotency';
import { refusalOf } from '@/trpc/refusal';
import { type Route, type Router, walkAlong } from './routing';
import type { Tally } from './tally';

export type CourierOptions = {
  person: HotfootClient;
  router: Router;
  home: GeoPoint;
  vehicle: Vehicle;
  /** 3 drives three times as fast as in life. */
  speed: number;
  random: () => number;
  tally: Tally;
  log: (line: string) => void;
  /** What the simulated customer at the door says; undefined for people, who say it elsewhere. */
  pinOf: (orderId: string) => string | undefined;
};

const TICK_MS = 1_000;
const REPORT_MOVING_MS = 2_000;
const REPORT_IDLE_MS = 12_000;
const ACCEPTS = 0.9;
/** How long a courier stands at the counter or the door, seconds. */
const HANDOVER_S = 12;
/** Longest wait for food that is not ready, seconds, before the courier asks for it at the counter. */
const PATIENCE_S = 90;

/** A simulated courier: accepts offers, drives along the streets, hands over. */
export class Courier {
  #view: DriverView | null = null;
  #at: GeoPoint;
  #heading = 0;
  #route: { target: string; route: Route; covered: number } | null = null;
  #standingSince: number | null = null;
  #reportedAt = 0;
  #answering = new Set<string>();
  #busy = false;
  #timer: NodeJS.Timeout | null = null;
  #unsubscribe: (() => void) | null = null;

  constructor(private readonly options: CourierOptions) {
    this.#at = options.home;
  }

  async start(): Promise<void> {
    const { person, tally } = this.options;
    await person.api.drivers.setOnline.mutate({
      idempotencyKey: newKey(),
      online: true,
      position: this.#fix(),
    });
    tally.online += 1;
    const subscription = person.api.drivers.watch.subscribe(
      {},
      {
        onData: ({ data: message }) => {
          if (message.kind !== 'event') this.#view = message.view;
          else if (this.#view) this.#view = applyToDriverView(this.#view, message.event);
          for (const offer of this.#view?.offers ?? []) this.#consider(offer);
        },
        onError: (error) => this.options.log(`a courier's feed ended: ${error.message}`),
      },
    );
    this.#unsubscribe = () => subscription.unsubscribe();
    this.#timer = setInterval(() => void this.#tick(), TICK_MS);
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#unsubscribe?.();
    void this.options.person.close();
  }

  #fix() {
    return {
      at: this.#at,
      headingDeg: this.#heading,
      speedMps: null,
      accuracyM: 5,
      recordedAt: new Date().toISOString(),
    };
  }

  /** Looks at an offer for a moment, as people do, then answers. */
  #consider(offer: OfferImage): void {
    const { person, random, tally } = this.options;
    // Several orders may be one question: it is answered once.
    if (this.#answering.has(offer.runId)) return;
    this.#answering.add(offer.runId);
    tally.offersSeen += 1;
    const accepts = random() < ACCEPTS;
    const offerId = offer.id;
    setTimeout(
      () => {
        const answer = accepts
          ? person.api.drivers.acceptOffer.mutate({ idempotencyKey: newKey(), offerId })
          : person.api.drivers.declineOffer.mutate({
              idempotencyKey: newKey(),
              offerId,
              reason: 'too_far',
            });
        answer
          .then(() => {
            if (accepts) tally.offersAccepted += 1;
            else tally.offersDeclined += 1;
          })
          .catch((error: unknown) => tally.refused(refusalOf(error).reason));
      },
      800 + random() * 3_000,
    );
  }

  async #tick(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      const job = nextJob(this.#view?.jobs ?? []);
      if (job) await this.#work(job);
      else this.#route = null;
      await this.#report(job !== null);
    } catch (error) {
      this.options.tally.refused(refusalOf(error).reason);
    } finally {
      this.#busy = false;
    }
  }

  async #work({ order, delivery }: OrderCard): Promise<void> {
    switch (delivery?.status) {
      case 'assigned':
        if (this.#driveTo(order.pickup)) await this.#step(delivery.id, 'arrive_pickup');
        return;
      case 'at_pickup':
        if (this.#stood(order.status === 'ready' ? HANDOVER_S : PATIENCE_S)) {
          await this.#step(delivery.id, 'pick_up');
        }
        return;
      case 'picked_up':
        if (this.#driveTo(order.dropoff)) await this.#step(delivery.id, 'arrive_dropoff');
        return;
      case 'at_dropoff':
        await this.#handOver(order, delivery.id);
        return;
      case 'failed':
        await this.#step(delivery.id, 'return');
        return;
      case 'returning':
        if (this.#driveTo(order.pickup)) await this.#step(delivery.id, 'finish_return');
    }
  }

  /** Asks for the PIN at the door; whoever does not say it is given their food after a while. */
  async #handOver(order: OrderImage, deliveryId: string): Promise<void> {
    if (!needsPin(order)) {
      if (this.#stood(HANDOVER_S)) await this.#step(deliveryId, 'deliver');
      return;
    }
    const pin = this.options.pinOf(order.id);
    if (pin && this.#stood(HANDOVER_S)) {
      await this.#step(deliveryId, 'deliver', { kind: 'pin', pin });
    } else if (!pin && this.#stood(PATIENCE_S)) {
      await this.#step(deliveryId, 'deliver', { kind: 'none', reason: 'customer_cannot_say' });
    }
  }

  async #step(deliveryId: string, step: DriverStep, proof?: ProofInput): Promise<void> {
    this.#standingSince = null;
    const input = { idempotencyKey: newKey(), deliveryId, step, ...(proof ? { proof } : {}) };
    await this.options.person.api.drivers.step.mutate(input);
  }

  /** Whether the courier has stood here for so many (simulated) seconds. */
  #stood(seconds: number): boolean {
    this.#standingSince ??= Date.now();
    return (Date.now() - this.#standingSince) * this.options.speed >= seconds * 1_000;
  }

  /** Moves on for one tick; true when there. */
  #driveTo(target: GeoPoint): boolean {
    const { router, vehicle, speed } = this.options;
    const key = `${target.lat},${target.lng}`;
    if (this.#route?.target !== key) {
      this.#route = { target: key, route: router.route(this.#at, target), covered: 0 };
    }
    this.#route.covered += (VEHICLE_SPEED_MPS[vehicle] * speed * TICK_MS) / 1_000;
    const { point, headingDeg, done } = walkAlong(this.#route.route, this.#route.covered);
    this.#at = point;
    this.#heading = headingDeg;
    return done;
  }

  async #report(moving: boolean): Promise<void> {
    const now = Date.now();
    if (now - this.#reportedAt < (moving ? REPORT_MOVING_MS : REPORT_IDLE_MS)) return;
    this.#reportedAt = now;
    await this.options.person.api.drivers.reportPosition.mutate(this.#fix());
    this.options.tally.positions += 1;
  }
}
