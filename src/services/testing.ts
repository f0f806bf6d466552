import { v7 as uuidv7 } from 'uuid';
import type { Database } from '@/db/client';
import type { Town } from '@/db/testing/town';
import { Refusal } from '@/domain/errors';
import type { Viewer } from '@/domain/roles';
import type { ServiceContext } from './context';
import { placeOrder } from './place-order';
import { quoteOrder } from './quote-order';

/** A context as the server makes it, for a person or for a part of the platform. */
export function contextOf(
  db: Database,
  who: Viewer | string,
  change: Partial<ServiceContext> = {},
): ServiceContext {
  const viewer = typeof who === 'string' ? null : who;
  return {
    db,
    viewer,
    actor: viewer ? `user:${viewer.userId}` : `system:${who}`,
    now: () => new Date(),
    random: () => 0.5,
    committed: () => undefined,
    positions: { record: () => undefined },
    ...change,
  };
}

export const key = (): { idempotencyKey: string } => ({ idempotencyKey: uuidv7() });

/** A cart that can be ordered as it is: one main dish, regular. */
export const cartOf = (town: Town) => ({
  restaurantId: town.restaurantId,
  lines: [
    { itemId: town.dishes.main, quantity: 1, optionIds: [town.options.size.regular], note: '' },
  ],
  dropoff: { lat: town.centre.lat + 0.01, lng: town.centre.lng },
  tip: 100,
});

/** The town's customer orders; the order's id. */
export async function placeTestOrder(db: Database, town: Town): Promise<string> {
  const ctx = contextOf(db, town.customer);
  const cart = cartOf(town);
  const { total } = await quoteOrder(ctx, cart);
  const { orderId } = await placeOrder(ctx, {
    ...key(),
    ...cart,
    dropoffAddress: '2 Side Street',
    dropoffNote: '',
    expectedTotal: total,
  });
  return orderId;
}

/** How a call ended: its answer, or the reason why it was refused. Other errors are thrown. */
export async function outcomeOf<T>(call: Promise<T>): Promise<{ ok: T } | { refused: string }> {
  try {
    return { ok: await call };
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.reason };
    throw error;
  }
}
