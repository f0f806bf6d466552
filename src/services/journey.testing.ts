import { and, asc, eq, notLike } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { type DeliveryRow, deliveryOfOrder } from '@/db/queries/deliveries';
import { events, orders } from '@/db/schema';
import { makeDriver, makeTown, type Town, type TownOptions } from '@/db/testing/town';
import type { DriverStep } from '@/domain/delivery';
import { ensured } from '@/domain/errors';
import type { Viewer } from '@/domain/roles';
import { assignDelivery } from './assign-delivery';
import { stepDelivery } from './step-delivery';
import { contextOf, key, placeTestOrder } from './testing';

export const deliveryIs = async (db: Database, orderId: string): Promise<DeliveryRow> =>
  ensured(await deliveryOfOrder(db, orderId), 'a delivery');

export async function orderIs(db: Database, orderId: string) {
  const [row] = await db.select().from(orders).where(eq(orders.id, orderId));
  return ensured(row, 'an order');
}

/** The types of an order's events after the first `from` ones; what kitchens have to see is left out. */
export async function storyOf(db: Database, orderId: string, from = 0): Promise<string[]> {
  const rows = await db
    .select({ type: events.type })
    .from(events)
    .where(and(eq(events.streamId, orderId), notLike(events.type, 'must\\_see.%')))
    .orderBy(asc(events.version));
  return rows.slice(from).map(({ type }) => type);
}

/** An admin gives an order's delivery to a driver. */
export async function giveTo(db: Database, town: Town, orderId: string, driver: Viewer) {
  const delivery = await deliveryIs(db, orderId);
  return assignDelivery(contextOf(db, town.admin), {
    ...key(),
    deliveryId: delivery.id,
    driverId: driver.userId,
  });
}

const TO_THE_DOOR: DriverStep[] = ['arrive_pickup', 'pick_up', 'arrive_dropoff', 'deliver'];

/** The driver takes one step; at the door they are told the PIN. */
export async function takeStep(db: Database, driver: Viewer, orderId: string, step: DriverStep) {
  const { id: deliveryId } = await deliveryIs(db, orderId);
  const { pin } = await orderIs(db, orderId);
  const proof = step === 'deliver' && pin ? { kind: 'pin' as const, pin } : undefined;
  return stepDelivery(contextOf(db, driver), { ...key(), deliveryId, step, proof });
}

/** The driver takes their steps up to and including `last`. */
export async function walk(db: Database, driver: Viewer, orderId: string, last: DriverStep) {
  for (const step of TO_THE_DOOR.slice(0, TO_THE_DOOR.indexOf(last) + 1)) {
    await takeStep(db, driver, orderId, step);
  }
}

/** An order in a town of its own that its driver carries, having taken the steps up to `last`. */
export async function carriedOrder(
  db: Database,
  { last, ...options }: TownOptions & { last?: DriverStep } = {},
) {
  const town = await makeTown(db, { autoAccept: true, ...options });
  const driver = await makeDriver(db, town);
  const orderId = await placeTestOrder(db, town);
  const { id: deliveryId } = await giveTo(db, town, orderId, driver);
  if (last) await walk(db, driver, orderId, last);
  return { town, driver, orderId, deliveryId };
}
