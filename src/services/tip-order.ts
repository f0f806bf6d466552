import { z } from 'zod';
import { addTip, findOrder, type OrderRow } from '@/db/queries/orders';
import { attachPayment, owe, paymentOfOrder } from '@/db/queries/payments';
import { conflict, notFound, Refusal } from '@/domain/errors';
import { MOST_TIP, mayTip } from '@/domain/order';
import { authorisePayment, paymentGone, releaseUnplaced } from './authorise-payment';
import { answeredBefore, IdempotencyKey, runOrderCommand } from './command';
import { requireRole, type ServiceContext } from './context';
import type { CardSource } from './payment-provider';
import { CardTokenInput } from './place-order';

export const TipOrderInput = IdempotencyKey.extend({
  orderId: z.uuid(),
  /** Minor units. */
  amount: z.number().int().min(1).max(MOST_TIP),
  /** A new card's token, or null for the card that has paid for the order. */
  token: CardTokenInput.nullable(),
});
type TipOrderInput = z.infer<typeof TipOrderInput>;
type Tipped = { orderId: string };

function checkTip(
  order: OrderRow | null,
  customerId: string,
  now: Date,
): asserts order is OrderRow {
  if (order?.customerId !== customerId) throw notFound('order');
  if (order.tipAfter > 0) {
    throw conflict({
      reason: 'tipped_already',
      message: 'You have tipped for this order already.',
      hint: 'Thank you: there is nothing more to do.',
    });
  }
  if (!mayTip(order, now)) {
    throw conflict({
      reason: 'not_tippable',
      message: 'A tip can be given for two weeks after an order was brought.',
      hint: 'Tip with your next order.',
    });
  }
}

async function cardFor(ctx: ServiceContext, input: TipOrderInput): Promise<CardSource> {
  if (input.token !== null) return { token: input.token };
  const payment = await paymentOfOrder(ctx.db, input.orderId);
  if (payment?.method === 'card') return { cardOf: payment.id };
  throw conflict({
    reason: 'no_card_of_order',
    message: 'This order was not paid by card.',
    hint: 'Give the card that the tip is to come from.',
  });
}

/** A tip after the delivery, by card: held, noted with the order, captured by the payments loop. */
export async function tipOrder(ctx: ServiceContext, input: TipOrderInput): Promise<Tipped> {
  const { userId: customerId } = requireRole(ctx, 'customer');
  const command = { name: 'tip-order', request: input };
  const answered = () => answeredBefore<Tipped>(ctx, command);
  const before = await answered();
  if (before) return before;
  const order = await findOrder(ctx.db, input.orderId);
  checkTip(order, customerId, ctx.now());
  const { idempotencyKey: requestKey, amount } = input;
  const card = await cardFor(ctx, input);
  const { currency } = order;
  const wanted = { requestKey, customerId, amount, currency, card, purpose: 'tip' as const };
  const paid = await authorisePayment(ctx, wanted);
  try {
    if (!paid.held) {
      throw conflict({
        reason: 'card_undecided',
        message: 'The bank takes its time with this card. Nothing was charged.',
        hint: 'Use another card.',
      });
    }
    return await runOrderCommand(ctx, command, order.id, async (tx, locked) => {
      checkTip(locked, customerId, ctx.now());
      await addTip(tx, locked.id, amount);
      const { id, providerRef, label } = paid;
      const tie = { orderId: locked.id, providerRef, label, authorised: true };
      if (!(await attachPayment(tx, id, tie))) throw paymentGone();
      await owe(tx, id, 'capture', { amount, at: ctx.now() });
      return { orderId: locked.id };
    });
  } catch (error) {
    // The same request at the same moment may have been first, and is the answer to this one.
    const twin = await answered().catch(() => null);
    if (twin) return twin;
    if (error instanceof Refusal) await releaseUnplaced(ctx, paid.id);
    throw error;
  }
}
