import { z } from 'zod';
import { conflict, Refusal } from '@/domain/errors';
import { HANDOVERS } from '@/domain/order';
import { priceChanges } from '@/domain/pricing';
import { Text } from '@/domain/text';
import { type AuthorisedPayment, authorisePayment, releaseUnplaced } from './authorise-payment';
import { answeredBefore, IdempotencyKey, runPreparedCommand } from './command';
import { requireRole, type ServiceContext } from './context';
import { CartInput, type Examined, examineOrder } from './examine-order';
import { type Placed, writeOrder } from './write-order';

/** What the provider gave for the card; card numbers are not taken here. */
export const CardTokenInput = z
  .string()
  .regex(/^[a-z]+_[\w-]{8,100}$/, 'This is not a card token.');

const PaymentInput = z.discriminatedUnion('method', [
  z.object({ method: z.literal('cash') }),
  z.object({
    method: z.literal('card'),
    token: CardTokenInput,
  }),
]);

export const PlaceOrderInput = IdempotencyKey.extend({
  ...CartInput.shape,
  /** What the door is called; does not count when the order is fetched. */
  dropoffAddress: Text.trim().min(3).max(200),
  dropoffNote: Text.trim().max(300).default(''),
  handover: z.enum(HANDOVERS).default('in_person'),
  payment: PaymentInput.default({ method: 'cash' }),
  /** The total that the customer saw, minor units. */
  expectedTotal: z.number().int().min(0),
  /** The latest arrival that the customer saw, minutes from now; null: it does not matter. */
  expectedMinutes: z.number().int().min(0).nullable().default(null),
});
export type PlaceOrderInput = z.infer<typeof PlaceOrderInput>;

/** Refuses what can't be ordered, and what is not what the customer saw. */
function checkExamined(input: PlaceOrderInput, examined: Examined): void {
  const [obstacle] = examined.obstacles;
  if (obstacle) throw obstacle;
  if (examined.promoRefused) throw examined.promoRefused;
  const { total } = examined.sum;
  const [change] = priceChanges(input.lines, examined.lines);
  if (change) {
    const { itemId, name, was, now } = change;
    throw conflict({
      reason: 'price_changed',
      message: `The price of “${name}” has changed since you saw it.`,
      hint: 'Look at the new price and order again.',
      data: { itemId, name, was, now, total },
    });
  }
  if (total !== input.expectedTotal) {
    throw conflict({
      reason: 'total_changed',
      message: 'The total has changed since you saw it.',
      hint: 'Look at the new total and order again.',
      data: { total },
    });
  }
}

/** Holds the money on the card, if there is any to be held; what can't be ordered costs nothing. */
async function holdMoney(
  ctx: ServiceContext,
  customerId: string,
  input: PlaceOrderInput,
): Promise<AuthorisedPayment | null> {
  if (input.payment.method === 'cash') return null;
  const examined = await examineOrder(ctx.db, input, customerId, ctx.now());
  checkExamined(input, examined);
  if (examined.sum.total === 0) return null;
  return authorisePayment(ctx, {
    requestKey: input.idempotencyKey,
    customerId,
    amount: examined.sum.total,
    currency: examined.restaurant.currency,
    card: { token: input.payment.token },
  });
}

/**
 * Places an order at the present prices; refuses when they are not those that were shown. A card pays
 * in three moves: the money is held, the order is placed, and if that is refused the money is let go.
 */
export async function placeOrder(ctx: ServiceContext, input: PlaceOrderInput): Promise<Placed> {
  const viewer = requireRole(ctx, 'customer');
  const command = { name: 'place-order', request: input };
  const answered = () => answeredBefore<Placed>(ctx, command);
  // Before money moves; without any, the transaction itself finds what was answered.
  const before = input.payment.method === 'card' ? await answered() : null;
  if (before) return before;
  let paid: AuthorisedPayment | null = null;
  try {
    paid = await holdMoney(ctx, viewer.userId, input);
    const held = paid;
    return await runPreparedCommand<Examined, Placed>(
      ctx,
      command,
      (tx) => examineOrder(tx, input, viewer.userId, ctx.now()),
      async (tx, examined, keep) => {
        checkExamined(input, examined);
        return writeOrder(tx, ctx, { viewer, input, examined, paid: held }, keep);
      },
    );
  } catch (error) {
    // The same request at the same moment may have taken the last room, and is the answer to this one; so is
    // this one itself when only its confirmation was lost. What can't be looked up leaves it open.
    const twin = await answered().catch(() => null);
    if (twin) return twin;
    if (paid && error instanceof Refusal) await releaseUnplaced(ctx, paid.id);
    throw error;
  }
}
