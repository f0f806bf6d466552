import { z } from 'zod';
import { readStream, versionsByApi } from '@/db/queries/events';
import { type Person, peopleById } from '@/db/queries/log';
import { crumbsOf } from '@/db/queries/moment';
import { noticesOfOrder, paymentsOfOrder } from '@/db/queries/story';
import { peopleAmong } from '@/domain/actor';
import { notFound } from '@/domain/errors';
import type { LogEvent } from '@/domain/events';
import { type Crumb, type StoryEntry, tellStory as tell } from '@/domain/order-story';
import { requireRole, type ServiceContext } from './context';
import { type Attempt, explainDispatch } from './explain-dispatch';

export const TellStoryInput = z.object({ orderId: z.uuid() });

/** The longest story that is told; hundreds of times the usual. */
export const MOST_STORY_EVENTS = 2_000;
const MOST_CRUMBS = 5_000;

export type OrderStory = {
  entries: StoryEntry<Attempt>[];
  /** Everybody who acted, by id. */
  people: Record<string, Person>;
};

type Carried = { id: string; name: string; from: Date; to: Date };

/** Who carried the delivery, and when; who carries it still does so up to now. */
function carriersOf(events: readonly LogEvent[], now: Date): Carried[] {
  const carriers: Carried[] = [];
  let open: Carried | null = null;
  for (const { at, data } of events) {
    if (!data.delivery) continue;
    const { driverId, driverName } = data.delivery;
    const ends = /^(delivered|returned|cancelled)$/.test(data.delivery.status);
    if (open && (ends || open.id !== driverId)) {
      carriers.push({ ...open, to: new Date(at) });
      open = null;
    }
    if (!open && driverId && driverName && !ends) {
      open = { id: driverId, name: driverName, from: new Date(at), to: now };
    }
  }
  return open ? [...carriers, open] : carriers;
}

/** Everything that is known of an order: the log, the search, the way, what was said, told and paid. */
export async function tellStory(
  ctx: ServiceContext,
  { orderId }: z.infer<typeof TellStoryInput>,
): Promise<OrderStory> {
  requireRole(ctx, 'admin');
  const events = await readStream(ctx.db, orderId, 0, MOST_STORY_EVENTS);
  if (events[0]?.stream !== 'order') throw notFound('order');
  const crumbs: Crumb[] = [];
  for (const { id, name, from, to } of carriersOf(events, ctx.now())) {
    crumbs.push(...(await crumbsOf(ctx.db, { id, name }, from, to, MOST_CRUMBS)));
  }
  const [byApi, attempts, notices, payments] = await Promise.all([
    versionsByApi(ctx.db, orderId),
    explainDispatch(ctx, { orderId }),
    noticesOfOrder(ctx.db, orderId),
    paymentsOfOrder(ctx.db, orderId),
  ]);
  const handled = notices.flatMap(({ handledBy }) => handledBy ?? []);
  const actors = [...events.map(({ actor }) => actor), ...handled];
  return {
    entries: tell({ events, byApi, attempts, crumbs, notices, payments }),
    people: await peopleById(ctx.db, peopleAmong(actors)),
  };
}
