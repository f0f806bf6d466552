import { readFeed } from '@/db/queries/events';
import { insertNotices, type NewNotice, reachableByPush, settingsOf } from '@/db/queries/notices';
import { findCards } from '@/db/queries/orders';
import { claimCursor, moveCursor } from '@/db/queries/relay';
import { readSetting } from '@/db/queries/settings';
import { isWanted, noticeOf, offerNoticeOf, waysOut } from '@/domain/notices';
import { runCommand } from './command';
import type { ServiceContext } from './context';

const READER = 'notices';
const BATCH = 200;

/**
 * Reads the log on from where it stopped, and writes down what is owed to whom. Place and notices
 * commit together: whatever crashes, each event is told once. Returns how many events were read.
 */
export async function writeNotices(ctx: ServiceContext): Promise<number> {
  return runCommand(ctx, { name: 'write-notices', request: null }, async (tx) => {
    const place = await claimCursor(tx, READER);
    if (!place) return 0;
    const read = await readFeed(tx, 'all', place, BATCH);
    const last = read.at(-1);
    if (!last) return 0;
    const events = read.map(({ event }) => event).filter(({ stream }) => stream === 'order');
    const cards = await findCards(tx, [...new Set(events.map(({ streamId }) => streamId))]);
    const told = events.flatMap((event) => {
      const card = cards.get(event.streamId);
      if (!card) return [];
      const content = noticeOf(event, card);
      if (content) return [{ event, content, userId: card.order.customerId }];
      const offered = offerNoticeOf(event, card);
      return offered ? [{ event, ...offered }] : [];
    });
    const people = [...new Set(told.map(({ userId }) => userId))];
    const [settings, defaults, pushable] = await Promise.all([
      settingsOf(tx, people),
      readSetting(tx, 'notices'),
      reachableByPush(tx, people),
    ]);
    const rows = told.flatMap(({ event, content, userId }): NewNotice[] =>
      waysOut(content.kind)
        .filter((channel) => isWanted(settings.get(userId) ?? [], content.kind, channel, defaults))
        .filter((channel) => channel !== 'push' || pushable.has(userId))
        .map((channel) => ({
          ...{ eventId: event.id, userId, orderId: content.orderId, channel },
          ...{ kind: content.kind, content, createdAt: new Date(event.at) },
        })),
    );
    await Promise.all([insertNotices(tx, rows), moveCursor(tx, READER, last.place)]);
    return read.length;
  });
}
