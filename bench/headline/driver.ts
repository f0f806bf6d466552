import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { LogEvent } from '@/domain/events';
import { encodeFixes } from '@/domain/fix-frame';
import type { GeoPoint } from '@/domain/geo';
import { postJson } from '../orders/post-json';
import type { Person } from '../orders/town';
import { Reader } from '../peers/reader';
import { eventIn, subscription } from './frames';

const FIX_EVERY_MS = 4_000;
/** How long drivers take over each step, compressed: milliseconds from the one before. */
const ANSWER_MS = 1_000;
const STEPS = [
  ['arrive_pickup', 8_000],
  ['pick_up', 8_000],
  ['arrive_dropoff', 10_000],
  ['deliver', 4_000],
] as const;

export type DriverCounts = { fixes: number; refused: Map<string, number> };

/** A driver on a bare socket: tells where they are, says yes to every offer, and carries it out. */
export class Driver {
  #seq = 0;
  #at: GeoPoint;
  #timer: NodeJS.Timeout | undefined;
  #reader: Reader | null = null;

  private constructor(
    private readonly port: number,
    private readonly person: Person,
    home: GeoPoint,
    private readonly counts: DriverCounts,
    /** Told when an offer of this order has come to the driver's screen. */
    private readonly offered: (orderId: string) => void,
  ) {
    this.#at = home;
  }

  static async open(
    port: number,
    person: Person,
    home: GeoPoint,
    counts: DriverCounts,
    offered: (orderId: string) => void,
  ): Promise<Driver> {
    const driver = new Driver(port, person, home, counts, offered);
    const dialect = subscription('drivers.watch');
    driver.#reader = await Reader.open(port, dialect, 0, (f) => driver.#take(f), person.cookie);
    driver.#timer = setTimeout(() => driver.#tell(), Math.random() * FIX_EVERY_MS);
    return driver;
  }

  #tell(): void {
    this.#timer = setTimeout(() => this.#tell(), FIX_EVERY_MS);
    this.#seq += 1;
    const fix = {
      ...{ at: this.#at, headingDeg: 0, speedMps: 7, accuracyM: 8 },
      recordedAt: new Date().toISOString(),
    };
    this.#reader?.say(new Uint8Array(encodeFixes(this.#seq, [fix])));
    this.counts.fixes += 1;
  }

  #take(frame: Buffer): void {
    const event = eventIn(frame);
    if (event?.type === 'offer.made' && event.data.offer) {
      this.offered(event.streamId);
      void this.#accept(event.data.offer.id);
    } else if (event?.type === 'delivery.assigned') void this.#carry(event);
  }

  async #accept(offerId: string): Promise<void> {
    await wait(ANSWER_MS);
    await this.#ask('drivers.acceptOffer', { offerId });
  }

  async #carry({ data: { order, delivery } }: LogEvent): Promise<void> {
    if (!delivery) return;
    for (const [step, afterMs] of STEPS) {
      await wait(afterMs);
      if (order) this.#at = step === 'arrive_pickup' ? order.pickup : this.#at;
      if (order && step === 'arrive_dropoff') this.#at = order.dropoff;
      await this.#ask('drivers.step', { deliveryId: delivery.id, step });
    }
  }

  async #ask(procedure: string, input: object): Promise<void> {
    const path = `/api/trpc/${procedure}`;
    const asked = { ...input, idempotencyKey: randomUUID() };
    const text = await postJson({ port: this.port, path }, this.person.cookie, asked);
    const reason = /"reason":"([^"]+)"/.exec(text)?.[1];
    if (reason) this.counts.refused.set(reason, (this.counts.refused.get(reason) ?? 0) + 1);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#reader?.close();
  }
}
