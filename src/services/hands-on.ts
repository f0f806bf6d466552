import { z } from 'zod';
import type { Transaction } from '@/db/client';
import { readStream, versionOf } from '@/db/queries/events';
import type { OrderRow } from '@/db/queries/orders';
import { peopleById } from '@/db/queries/users';
import { conflict } from '@/domain/errors';
import type { LogEvent } from '@/domain/events';
import { CHANGES_TOLD, type Change, type HandsOn, isInTheWay } from '@/domain/hands-on';
import { IdempotencyKey, runOrderCommand } from './command';
import type { ServiceContext } from './context';

/** An action by hand says what its screen had seen of the order; the API asks every admin for it. */
export const HandsOnInput = IdempotencyKey.extend({
  seenVersion: z.number().int().min(1).optional(),
});

/** `version` is what an undo has seen. */
export type HandsOnDone = { orderId: string; version: number };

/** More than any screen can be behind without a resync. */
const MOST_EVENTS = 500;

async function changesOf(tx: Transaction, events: readonly LogEvent[]): Promise<Change[]> {
  const told = events.slice(-CHANGES_TOLD);
  const idOf = ({ actor }: LogEvent) => /^user:(.+)$/.exec(actor)?.[1] ?? null;
  const people = await peopleById(
    tx,
    told.map(idOf).filter((id) => id !== null),
  );
  return told.map((event) => {
    const person = people.get(idOf(event) ?? '');
    return {
      type: event.type,
      at: event.at,
      actor: event.actor,
      name: person?.name ?? null,
      role: person?.role ?? null,
      driver: event.data.delivery?.driverName ?? null,
    };
  });
}

/** Refuses who has not seen what others have done to this order since, and says who did what. */
async function checkSeen(
  tx: Transaction,
  orderId: string,
  action: HandsOn,
  seenVersion: number,
): Promise<void> {
  const since = await readStream(tx, orderId, seenVersion, MOST_EVENTS);
  const changes = await changesOf(
    tx,
    since.filter(({ type }) => isInTheWay(action, type)),
  );
  const last = changes.at(-1);
  if (!last) return;
  const who = last.name ?? 'Hotfoot';
  throw conflict({
    reason: 'changed_meanwhile',
    message: `${who} was faster: ${last.type.replace('.', ' ').replaceAll('_', ' ')}.`,
    hint: 'Look at the present state and decide again.',
    data: { changes },
  });
}

type Seen = { action: HandsOn; orderId: string; seenVersion?: number | undefined };

/** As `runOrderCommand`, for a dispatcher's hand: refused when somebody else was faster. */
export async function runHandsOn<Answer extends object>(
  ctx: ServiceContext,
  command: Parameters<typeof runOrderCommand>[1],
  { action, orderId, seenVersion }: Seen,
  work: (tx: Transaction, order: OrderRow) => Promise<Answer>,
): Promise<Answer & HandsOnDone> {
  return runOrderCommand(ctx, command, orderId, async (tx, order) => {
    if (seenVersion !== undefined) await checkSeen(tx, orderId, action, seenVersion);
    const answer = await work(tx, order);
    return { ...answer, orderId, version: await versionOf(tx, orderId) };
  });
}
