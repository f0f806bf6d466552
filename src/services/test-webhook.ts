import { z } from 'zod';
import { insertTries } from '@/db/queries/relay-tries';
import { findWebhook } from '@/db/queries/webhooks';
import { notFound } from '@/domain/errors';
import { IdempotencyKey } from './command';
import { requireRole, type ServiceContext } from './context';
import type { WebhookSender } from './sink';

export const TestWebhookInput = IdempotencyKey.extend({ webhookId: z.uuid() });

const TYPE = 'webhook.test';
const DEADLINE_MS = 10_000;

/** Sends one message that means nothing, even where a webhook is stopped, and says what came back. */
export async function testWebhook(
  ctx: ServiceContext,
  { webhookId, idempotencyKey }: z.infer<typeof TestWebhookInput>,
  webhooks: Pick<WebhookSender, 'send'>,
): Promise<{
  outcome: 'delivered' | 'failed' | 'refused';
  httpStatus: number | null;
  milliseconds: number;
  error: string | null;
}> {
  requireRole(ctx, 'admin');
  const webhook = await findWebhook(ctx.db, webhookId);
  if (!webhook?.url || !webhook.secret) throw notFound('webhook');
  const at = ctx.now();
  const { previousSecret, previousSecretUntil } = webhook;
  const before = previousSecretUntil && previousSecretUntil > at ? previousSecret : null;
  // Asked again under the same key, it is the same message to whoever receives it.
  const id = `test-${idempotencyKey}`;
  const message = { id, at, body: JSON.stringify({ id, type: TYPE, at: at.toISOString() }) };
  const target = { url: webhook.url, secrets: [webhook.secret, ...(before ? [before] : [])] };
  const startedAt = performance.now();
  const result = await webhooks.send(target, message, AbortSignal.timeout(DEADLINE_MS));
  const seen = {
    outcome: result.kind,
    httpStatus: result.answer?.httpStatus ?? null,
    milliseconds: Math.round(performance.now() - startedAt),
    error: result.kind === 'delivered' ? null : result.error,
  };
  await insertTries(ctx.db, [
    {
      ...{ destinationId: webhookId, eventId: id, eventType: TYPE, at, ...seen },
      answer: result.answer?.text ?? null,
    },
  ]);
  return seen;
}
