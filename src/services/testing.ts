import { v7 as uuidv7 } from 'uuid';
import type { Database } from '@/db/client';
import type { Town } from '@/db/testing/town';
import { Refusal } from '@/domain/errors';
import type { Viewer } from '@/domain/roles';
import type { ServiceContext } from './context';
import type { CartInput } from './examine-order';
import { type PlaceOrderInput, placeOrder } from './place-order';
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
    payments: [],
    ...change,
  };
}

export const key = (): { idempotencyKey: string } => ({ idempotencyKey: uuidv7() });

/** A cart that can be ordered as it is: one main dish, regular. */
export const cartOf = (town: Town): CartInput => ({
  restaurantId: town.restaurantId,
  lines: [
    { itemId: town.dishes.main, quantity: 1, optionIds: [town.options.size.regular], note: '' },
  ],
  fulfilment: 'delivery',
  dropoff: { lat: town.centre.lat + 0.01, lng: town.centre.lng },
  slotFrom: null,
  tip: 100,
  promoCode: null,
});

/** What that cart costs in a town as it is made, minor units. */
export const CART_TOTAL = 1_311;

/** The request that orders the cart, in cash. */
export const orderOf = (town: Town, change: Partial<PlaceOrderInput> = {}): PlaceOrderInput => ({
  ...key(),
  ...cartOf(town),
  dropoffAddress: '2 Side Street',
  dropoffNote: '',
  handover: 'in_person',
  payment: { method: 'cash' },
  expectedTotal: CART_TOTAL,
  expectedMinutes: null,
  ...change,
});

/** The town's customer orders at the present price; the order's id. */
export async function placeTestOrder(
  db: Database,
  town: Town,
  change: Partial<PlaceOrderInput> = {},
  context: Partial<ServiceContext> = {},
): Promise<string> {
  const ctx = contextOf(db, town.customer, context);
  const order = orderOf(town, change);
  const { total } = await quoteOrder(ctx, order);
  const { orderId } = await placeOrder(ctx, { ...order, expectedTotal: total });
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
