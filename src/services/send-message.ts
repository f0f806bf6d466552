import { z } from 'zod';
import { deliveryOfOrder } from '@/db/queries/deliveries';
import { countMessages, insertMessage } from '@/db/queries/messages';
import { conflict, invalid, notFound, Refusal } from '@/domain/errors';
import {
  isQuickReply,
  MESSAGE_LENGTH,
  MESSAGES_A_MINUTE,
  type MessageImage,
} from '@/domain/message';
import { isOpenOrder } from '@/domain/order';
import { Text } from '@/domain/text';
import { IdempotencyKey, runOrderCommand } from './command';
import { requireRole, type ServiceContext } from './context';

export const SendMessageInput = IdempotencyKey.extend({
  orderId: z.uuid(),
  content: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('quick'), key: z.string().max(40) }),
    z.object({ kind: z.literal('text'), body: Text.trim().min(1).max(MESSAGE_LENGTH) }),
  ]),
});

/** Says something about an order: its customer, the driver who has it, or an admin; while it is open. */
export async function sendMessage(
  ctx: ServiceContext,
  input: z.infer<typeof SendMessageInput>,
): Promise<MessageImage> {
  const viewer = requireRole(ctx, 'customer', 'driver', 'admin');
  const command = { name: 'send-message', request: input };
  return runOrderCommand(ctx, command, input.orderId, async (tx, order) => {
    const delivery = await deliveryOfOrder(tx, order.id);
    const party = viewer.role === 'driver' ? delivery?.driverId : order.customerId;
    if (viewer.role !== 'admin' && party !== viewer.userId) throw notFound('order');
    if (!isOpenOrder(order.status)) {
      throw conflict({
        reason: 'conversation_over',
        message: 'This order is closed, and its conversation with it.',
        hint: 'Ask for help from the order’s page.',
      });
    }
    const { content } = input;
    if (content.kind === 'quick' && !isQuickReply(viewer.role, content.key)) {
      throw invalid({
        reason: 'quick_reply_unknown',
        message: 'There is no such quick reply.',
        hint: 'Choose another one, or type your message.',
      });
    }
    const minuteAgo = new Date(ctx.now().getTime() - 60_000);
    if ((await countMessages(tx, order.id, viewer.userId, minuteAgo)) >= MESSAGES_A_MINUTE) {
      throw new Refusal('too_many', {
        reason: 'too_many_messages',
        message: 'These are too many messages at once.',
        hint: 'Wait a minute, then send the next one.',
      });
    }
    return insertMessage(tx, {
      orderId: order.id,
      senderId: viewer.userId,
      senderRole: viewer.role,
      quick: content.kind === 'quick' ? content.key : null,
      body: content.kind === 'text' ? content.body : '',
    });
  });
}
