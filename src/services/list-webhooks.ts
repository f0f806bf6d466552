import { z } from 'zod';
import { type BrokerState, listBrokers } from '@/db/queries/relay-destinations';
import { listTries, type TryRow } from '@/db/queries/relay-tries';
import { findWebhook, listWebhooks as read } from '@/db/queries/webhooks';
import { notFound } from '@/domain/errors';
import { requireRole, type ServiceContext } from './context';

const at = (date: Date | null) => date?.toISOString() ?? null;

const toWebhook = (row: Awaited<ReturnType<typeof read>>[number], now: Date) => ({
  ...row,
  disabledAt: at(row.disabledAt),
  createdAt: row.createdAt.toISOString(),
  /** Until when the secret before signs too; null: it does not. */
  previousSecretUntil:
    row.previousSecretUntil && row.previousSecretUntil > now ? at(row.previousSecretUntil) : null,
  nextAttemptAt: row.nextAttemptAt.toISOString(),
  failingSince: at(row.failingSince),
  deliveredAt: at(row.deliveredAt),
});
export type Webhook = ReturnType<typeof toWebhook>;

const toBroker = ({ failingSince, deliveredAt, ...rest }: BrokerState) => ({
  ...rest,
  failingSince: at(failingSince),
  deliveredAt: at(deliveredAt),
});

/** Where events go outside: every webhook, and the brokers that there were ever any of. */
export async function listWebhooks(ctx: ServiceContext) {
  requireRole(ctx, 'admin');
  const now = ctx.now();
  return {
    webhooks: (await read(ctx.db)).map((row) => toWebhook(row, now)),
    brokers: (await listBrokers(ctx.db)).map(toBroker),
  };
}

export const ListDeliveriesInput = z.object({
  webhookId: z.uuid(),
  cursor: z.uuid().nullish(),
});

const PAGE = 30;
const toTry = ({ destinationId: _, at: time, ...rest }: TryRow) => ({
  ...rest,
  at: time.toISOString(),
});

/** The delivery log of a webhook, the latest try first. */
export async function listDeliveries(
  ctx: ServiceContext,
  { webhookId, cursor }: z.infer<typeof ListDeliveriesInput>,
) {
  requireRole(ctx, 'admin');
  if (!(await findWebhook(ctx.db, webhookId))) throw notFound('webhook');
  const rows = await listTries(ctx.db, webhookId, cursor ?? null, PAGE + 1);
  const page = rows.slice(0, PAGE);
  return {
    tries: page.map(toTry),
    next: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null,
  };
}
