import { z } from 'zod';
import type { Transaction } from '@/db/client';
import { moveReady } from '@/db/queries/kitchen-steps';
import type { OrderRow } from '@/db/queries/orders';
import { conflict, invalid } from '@/domain/errors';
import { MOST_PUT_OFF } from '@/domain/hands-on';
import { requireActing, requireTie } from './act-for-restaurant';
import { IdempotencyKey, runOrderCommand } from './command';
import { requireRole, type ServiceContext } from './context';
import { type HandsOnDone, HandsOnInput, runHandsOn } from './hands-on';

const MINUTE_MS = 60_000;

/**
 * Moves when an order is ready, and with it when the kitchen begins; the next ETA round tells customer and
 * driver, as it does of every delay. Refused of what nobody cooks (any more).
 */
async function move(
  tx: Transaction,
  order: OrderRow,
  minutes: number,
  { from = order.readyEstimateAt, putOff = 0 }: { from?: Date | null; putOff?: number },
): Promise<Date> {
  const readyAt = from && new Date(from.getTime() + minutes * MINUTE_MS);
  if (readyAt && (await moveReady(tx, order.id, { readyAt, putOff }))) return readyAt;
  throw conflict({
    reason: 'not_delayable',
    message: 'Only what the kitchen has still to finish can be put off.',
    hint: 'Look at its present state.',
  });
}

export const DelayCookingInput = IdempotencyKey.extend({
  orderId: z.uuid(),
  /** So much later than it was said, or than now if that has passed. */
  minutes: z.number().int().min(1).max(MOST_PUT_OFF),
  /** When it was said to be ready, as whoever delays it saw it. */
  expectedReadyAt: z.iso.datetime({ offset: true }),
});

const moved = (readyAt: Date | null) =>
  conflict({
    reason: 'ready_moved',
    message: 'Somebody has moved this order at the same moment.',
    hint: 'Look at the new time, and decide again.',
    data: { readyAt: readyAt?.toISOString() ?? null },
  });

/** The kitchen says that it takes longer than it had said: it knows that itself, and is not told. */
export async function delayCooking(
  ctx: ServiceContext,
  input: z.infer<typeof DelayCookingInput>,
): Promise<{ orderId: string; readyAt: string }> {
  const viewer = requireActing(ctx);
  const command = { name: 'delay-cooking', request: input };
  return runOrderCommand(ctx, command, input.orderId, async (tx, order) => {
    await requireTie(tx, viewer, order.restaurantId, 'order');
    const { readyEstimateAt: said } = order;
    if (said?.getTime() !== new Date(input.expectedReadyAt).getTime()) throw moved(said);
    const from = new Date(Math.max(said.getTime(), ctx.now().getTime()));
    const readyAt = await move(tx, order, input.minutes, { from });
    return { orderId: order.id, readyAt: readyAt.toISOString() };
  });
}

export const DelayOrderInput = HandsOnInput.extend({
  orderId: z.uuid(),
  /** Later by so many; earlier again where negative, as far as it was put off. */
  minutes: z
    .number()
    .int()
    .min(-MOST_PUT_OFF)
    .max(MOST_PUT_OFF)
    .refine((minutes) => minutes !== 0),
});

/** A dispatcher puts an order off, or takes that back; its kitchen has to see it. */
export async function delayOrder(
  ctx: ServiceContext,
  input: z.infer<typeof DelayOrderInput>,
): Promise<HandsOnDone> {
  requireRole(ctx, 'admin');
  const command = { name: 'delay-order', request: input };
  return runHandsOn(ctx, command, { action: 'delay', ...input }, async (tx, order) => {
    const { minutes } = input;
    const putOff = order.putOffMinutes + minutes;
    if (putOff < 0 || putOff > MOST_PUT_OFF) {
      throw invalid({
        reason: 'delay_out_of_range',
        message: 'An order can’t be put off by that much, nor brought forward.',
        hint: 'Choose fewer minutes.',
        data: { most: MOST_PUT_OFF, putOff: order.putOffMinutes },
      });
    }
    await move(tx, order, minutes, { putOff: minutes });
    return {};
  });
}
