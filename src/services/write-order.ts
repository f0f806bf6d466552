import { v7 as uuidv7 } from 'uuid';
import type { Transaction } from '@/db/client';
import { storeEstimates } from '@/db/queries/eta';
import { nameActor } from '@/db/queries/events';
import { takeWindow } from '@/db/queries/kitchen-windows';
import { insertLines, insertOrder } from '@/db/queries/orders';
import { attachPayment, insertPayment } from '@/db/queries/payments';
import { takePromoUse } from '@/db/queries/promos';
import { takeStock } from '@/db/queries/stock';
import { conflict } from '@/domain/errors';
import { shortConflict } from '@/domain/pricing';
import { promoUsed, promoUsedUp } from '@/domain/promo';
import type { Viewer } from '@/domain/roles';
import type { AsapWindow } from '@/domain/slots';
import { acceptInTransaction, awaitsPayment } from './accept-order';
import { type AuthorisedPayment, paymentGone } from './authorise-payment';
import type { ServiceContext } from './context';
import type { Examined } from './examine-order';
import { kitchenFull, promiseOf, slotFull } from './examine-time';
import type { PlaceOrderInput } from './place-order';

export type Placed = { orderId: string; number: number };

type Wanted = {
  viewer: Viewer;
  input: PlaceOrderInput;
  examined: Examined;
  paid: AuthorisedPayment | null;
};

/** An order may come so much later than the customer saw before they are asked again, minutes. */
const LATER_THAN_SEEN_MINUTES = 10;

/** Takes the first window with room; null where the kitchen has no limit. */
async function takeRoom(
  tx: Transaction,
  { restaurant, timing }: Examined,
): Promise<AsapWindow | null> {
  if (restaurant.slotCapacity === 0) return null;
  for (const window of timing.windows) {
    if (await takeWindow(tx, restaurant.id, window.from, restaurant.slotCapacity)) return window;
  }
  throw timing.slot ? slotFull() : kitchenFull();
}

/** What the customer was promised is the first ETA; what is fetched or wanted later has none before its time. */
function shownAtFirst(
  { quote }: Examined['timing'],
  { promisedFrom, promisedTo }: { promisedFrom: Date; promisedTo: Date },
) {
  if (!quote) return {};
  return { etaFrom: promisedFrom, etaTo: promisedTo, etaStage: quote.prediction.stage };
}

function orderOf(ctx: ServiceContext, wanted: Wanted, room: AsapWindow | null) {
  const { viewer, input, examined, paid } = wanted;
  const { restaurant, sum, promo, timing } = examined;
  const { eta, ...promise } = promiseOf(timing, room?.delayMinutes ?? 0, ctx.now());
  const seen = input.expectedMinutes;
  if (!timing.slot && seen !== null && eta.to > seen + LATER_THAN_SEEN_MINUTES) {
    throw conflict({
      reason: 'arrives_later',
      message: 'The kitchen has become busier: your order would come later than you saw.',
      hint: 'Look at the new time and order again.',
      data: { minutes: eta.to },
    });
  }
  const pickup = input.fulfilment === 'pickup';
  const handover = pickup ? ('in_person' as const) : input.handover;
  const pin = String(Math.floor(ctx.random() * 10_000)).padStart(4, '0');
  return {
    id: uuidv7(),
    customerId: viewer.userId,
    customerName: viewer.name,
    restaurantId: restaurant.id,
    restaurantName: restaurant.name,
    restaurantSlug: restaurant.slug,
    pickup: restaurant.location,
    pickupAddress: restaurant.address,
    dropoff: pickup ? restaurant.location : input.dropoff,
    dropoffAddress: pickup ? restaurant.address : input.dropoffAddress,
    dropoffNote: pickup ? '' : input.dropoffNote,
    itemCount: examined.itemCount,
    currency: restaurant.currency,
    ...sum,
    promoCode: promo?.code ?? null,
    prepMinutes: restaurant.prepMinutes,
    autoAccept: restaurant.autoAccept,
    tripDistanceM: examined.distanceM,
    timeZone: restaurant.timeZone,
    fulfilment: input.fulfilment,
    handover,
    pin: handover === 'in_person' ? pin : null,
    kitchenWindow: room?.from ?? null,
    ...promise,
    ...shownAtFirst(timing, promise),
    paymentMethod: paid ? ('card' as const) : ('cash' as const),
    paymentStatus: paid?.held ? ('authorised' as const) : ('pending' as const),
  };
}

type NewOrder = ReturnType<typeof orderOf>;

async function takePromo(tx: Transaction, { promo }: Examined, order: NewOrder): Promise<void> {
  if (!promo) return;
  const { id: orderId, customerId } = order;
  const taken = await takePromoUse(tx, promo.id, { orderId, customerId });
  if (taken === 'used_up') throw promoUsedUp(promo.code);
  if (taken === 'used_by_person') throw promoUsed(promo.code);
}

/** Paid in cash at the door. */
async function owePayment(tx: Transaction, order: NewOrder): Promise<void> {
  const { id: orderId, customerId, currency, total: amount } = order;
  const cash = { method: 'cash' as const, provider: 'cash' };
  await insertPayment(tx, { ...cash, orderId, customerId, currency, amount });
}

async function takePayment(
  tx: Transaction,
  order: NewOrder,
  paid: AuthorisedPayment,
): Promise<void> {
  const { providerRef, label, held } = paid;
  const attached = await attachPayment(tx, paid.id, {
    orderId: order.id,
    providerRef,
    label,
    authorised: held,
  });
  if (!attached) throw paymentGone();
}

/** Keeps what the customer was told with what it was made from: its error is measured, too. */
async function keepQuote(
  tx: Transaction,
  ctx: ServiceContext,
  { timing, distanceM }: Examined,
  order: NewOrder,
): Promise<void> {
  const { quote } = timing;
  if (!quote) return;
  const at = ctx.now();
  const middle = (order.promisedFrom.getTime() + order.promisedTo.getTime()) / 2;
  const { prediction, around } = quote;
  const off = middle - at.getTime() - ((timing.plainEta.from + timing.plainEta.to) / 2) * 60_000;
  const window = {
    from: order.promisedFrom,
    to: order.promisedTo,
    middle: new Date(at.getTime() + prediction.minutes * 60_000 + off),
  };
  const facts = { ...around, tripDistanceM: distanceM };
  await storeEstimates(tx, [{ orderId: order.id, prediction, window, facts, at }]);
}

/**
 * Writes an order with all that it takes: room in the kitchen, stock, the promo code, the money. Locks
 * are taken in this order everywhere, so that orders never wait for each other in a ring.
 */
export async function writeOrder(
  tx: Transaction,
  ctx: ServiceContext,
  wanted: Wanted,
  keep: (placed: Placed) => Promise<void>,
): Promise<Placed> {
  const { examined, paid } = wanted;
  const room = await takeRoom(tx, examined);
  const order = orderOf(ctx, wanted, room);
  const lines = examined.priced.map((line) => ({ ...line, id: uuidv7() }));
  const { id: orderId, number } = await insertOrder(tx, order);
  const placed = { orderId, number };
  // What only the order has to come before is one round trip.
  const [[short]] = await Promise.all([
    takeStock(tx, lines),
    insertLines(tx, order.id, lines),
    keepQuote(tx, ctx, examined, order),
    paid ? null : owePayment(tx, order),
    keep(placed),
  ]);
  if (short) throw shortConflict(short.name, short.itemId, short.left);
  await takePromo(tx, examined, order);
  if (paid) await takePayment(tx, order, paid);
  // Where a bank takes its time, the kitchen accepts once the money is held.
  if (order.autoAccept && !awaitsPayment(order)) {
    await nameActor(tx, 'system:kitchen');
    await acceptInTransaction(tx, order, 'accept', ctx.now());
  }
  return placed;
}
