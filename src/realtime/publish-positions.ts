import type { Database } from '@/db/client';
import { findDriver } from '@/db/queries/drivers';
import { cardsOfDriver } from '@/db/queries/orders';
import { watchersOf } from '@/domain/audiences';
import { channelOf } from '@/domain/channels';
import type { DriverPosition } from '@/domain/driver';
import { MOVED, POSITION } from '@/domain/live-hints';

type Message = { channel: string; name: string; data: unknown };

/** Who may see where these drivers are is told; dispatchers, that somebody has moved. */
export async function positionMessages(
  db: Database,
  moved: readonly DriverPosition[],
): Promise<Message[]> {
  const messages: Message[] = [];
  let onBoard = false;
  for (const position of moved) {
    const found = await findDriver(db, position.driverId);
    if (!found) continue;
    const jobs = (await cardsOfDriver(db, position.driverId)).flatMap(({ order, delivery }) =>
      delivery ? [{ order, delivery }] : [],
    );
    const watchers = watchersOf(found.driver, jobs);
    onBoard ||= watchers.dispatchers === 'now';
    for (const { order } of watchers.customers) {
      const channel = channelOf({ kind: 'customer', id: order.customerId });
      messages.push({ channel, name: POSITION, data: { orderId: order.id, position } });
    }
  }
  if (onBoard) messages.push({ channel: channelOf({ kind: 'admin' }), name: MOVED, data: {} });
  return messages;
}
