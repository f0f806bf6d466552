import type { Database } from '@/db/client';
import { findCard } from '@/db/queries/orders';
import { sharedOrderId } from '@/db/queries/shares';
import { notFound } from '@/domain/errors';
import { type ShareView, shareViewOf } from '@/domain/share';
import { applyToCard } from '@/domain/views';
import type { Hub } from './hub';

/** What the link shows now. Guessed, ended and delivered look the same: not found. */
export async function shareSnapshot(db: Database, token: string): Promise<ShareView> {
  const orderId = await sharedOrderId(db, token);
  const card = orderId ? await findCard(db, orderId) : null;
  const view = card && shareViewOf(card);
  if (!view) throw notFound('link');
  return view;
}

type FollowShare = { db: Database; hub: Hub; token: string; signal: AbortSignal | undefined };

/** What the link shows as it changes; null, and the end, when the order is closed or the link ended. */
export async function* followShare(input: FollowShare): AsyncGenerator<ShareView | null, void> {
  const { db, hub, token, signal } = input;
  const orderId = await sharedOrderId(db, token);
  if (!orderId) throw notFound('link');
  using live = hub.subscribe([`order:${orderId}`], signal);
  const read = async () =>
    (await sharedOrderId(db, token)) === orderId ? findCard(db, orderId) : null;
  let card = await read();
  let shown = '';
  do {
    for (const message of live.take()) {
      if (message.kind === 'lost') card = await read();
      if (message.kind !== 'event' || !card) continue;
      const { event } = message.read;
      card = event.type === 'share.ended' ? null : applyToCard(card, event);
    }
    const view = card && shareViewOf(card);
    const told = JSON.stringify(view);
    if (told !== shown) yield view;
    if (!view) return;
    shown = told;
  } while (await live.ready());
}
