import { describe, expect, it } from 'vitest';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeUser } from '@/db/testing/town';
import { MESSAGES_A_MINUTE } from '@/domain/message';
import type { Viewer } from '@/domain/roles';
import { orderSnapshot } from '@/realtime/snapshots';
import { cancelOrder } from './cancel-order';
import { carriedOrder, giveTo, storyOf } from './journey.testing';
import { sendMessage } from './send-message';
import { contextOf, key, outcomeOf } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

const say = (who: Viewer, orderId: string, body: string, request = key()) =>
  outcomeOf(
    sendMessage(contextOf(db(), who), { ...request, orderId, content: { kind: 'text', body } }),
  );
const read = async (who: Viewer, orderId: string) =>
  (await orderSnapshot(db(), who, orderId)).view.messages.map(({ body, quick, senderRole }) => [
    senderRole,
    quick ?? body,
  ]);

describe('messages about an order', () => {
  it('go between its customer, its driver and the dispatchers, and are in its story', async () => {
    const { town, driver, orderId } = await carriedOrder(db());
    await say(town.customer, orderId, 'The bell is broken.');
    await sendMessage(contextOf(db(), driver), {
      ...key(),
      orderId,
      content: { kind: 'quick', key: 'on_my_way' },
    });
    await say(town.admin, orderId, 'We are watching.');
    for (const who of [town.customer, driver, town.admin]) {
      expect(await read(who, orderId)).toEqual([
        ['customer', 'The bell is broken.'],
        ['driver', 'on_my_way'],
        ['admin', 'We are watching.'],
      ]);
    }
    const story = await storyOf(db(), orderId);
    expect(story.filter((type) => type === 'message.sent')).toHaveLength(3);
  });

  it('are nobody else’s: not a stranger’s, and not the driver’s who has lost it', async () => {
    const { town, driver, orderId } = await carriedOrder(db());
    const stranger = await makeUser(db(), 'customer', 'Sam Stranger');
    expect(await say(stranger, orderId, 'Hello?')).toEqual({ refused: 'order_not_found' });
    await say(town.customer, orderId, 'The code is 1234.');
    const next = await makeDriver(db(), town, { name: 'Nell Next' });
    await giveTo(db(), town, orderId, next);
    expect(await say(driver, orderId, 'Hello?')).toEqual({ refused: 'order_not_found' });
    // Who comes later does not read what was said to somebody else.
    expect(await read(next, orderId)).toEqual([]);
  });

  it('end with the order', async () => {
    const { town, orderId } = await carriedOrder(db());
    await cancelOrder(contextOf(db(), town.admin), { ...key(), orderId, reason: 'other' });
    expect(await say(town.customer, orderId, 'Why?')).toEqual({ refused: 'conversation_over' });
  });

  it('come once per request, and not too many in a minute', async () => {
    const { town, driver, orderId } = await carriedOrder(db());
    const request = key();
    await say(town.customer, orderId, 'One.', request);
    await say(town.customer, orderId, 'One.', request);
    expect(await read(town.customer, orderId)).toHaveLength(1);
    const rest = Array.from({ length: MESSAGES_A_MINUTE - 1 }, (_, i) => `Message ${i}`);
    for (const body of rest) await say(town.customer, orderId, body);
    expect(await say(town.customer, orderId, 'More!')).toEqual({ refused: 'too_many_messages' });
    expect(await say(driver, orderId, 'Calm down.')).toHaveProperty('ok');
  });

  it('take only the quick replies of one’s own role', async () => {
    const { town, orderId } = await carriedOrder(db());
    const content = { kind: 'quick' as const, key: 'on_my_way' };
    const ctx = contextOf(db(), town.customer);
    expect(await outcomeOf(sendMessage(ctx, { ...key(), orderId, content }))).toEqual({
      refused: 'quick_reply_unknown',
    });
  });
});
