import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Transaction } from '@/db/client';
import {
  countWebhooksLocked,
  deleteWebhook,
  findWebhook,
  insertWebhook,
  restaurantsAmong,
  changeWebhook as write,
} from '@/db/queries/webhooks';
import { isZoneInUse } from '@/db/queries/zones';
import { conflict, invalid, notFound } from '@/domain/errors';
import { EventPattern, MOST_PATTERNS } from '@/domain/relay/event-filter';
import { Text } from '@/domain/text';
import { IdempotencyKey, runCommand } from './command';
import { requireRole, type ServiceContext } from './context';
import { randomBase64 } from './random-token';
import type { WebhookSender } from './sink';

/** As many are served at once, so that none waits for another. */
const MOST_WEBHOOKS = 50;
/** The secret before signs for so long too, hours. */
const ROTATION_HOURS = 24;
const SECRET_BYTES = 32;

const Terms = z.object({
  name: Text.pipe(z.string().min(1).max(80)),
  url: z.string().trim().max(2_000),
  eventTypes: z.array(EventPattern).min(1).max(MOST_PATTERNS),
  restaurantId: z.uuid().nullable(),
  zoneId: z.uuid().nullable().default(null),
});
export const MakeWebhookInput = IdempotencyKey.extend(Terms.shape);

const Versioned = IdempotencyKey.extend({
  webhookId: z.uuid(),
  /** The version on the admin's screen: two of them can't overwrite each other. */
  expectedVersion: z.number().int().min(1),
});
export const ChangeWebhookInput = Versioned.extend(Terms.shape);
export const RotateWebhookInput = Versioned;
export const StopWebhookInput = Versioned.extend({ stopped: z.boolean() });
export const AcknowledgeMissedInput = Versioned;
export const RemoveWebhookInput = Versioned;

type Addresses = Pick<WebhookSender, 'refusal'>;

const freshSecret = (): string => `whsec_${randomBase64(SECRET_BYTES)}`;

/** Of the request only what is kept, with an address that may be called. */
async function checked(
  tx: Transaction,
  { name, url, eventTypes, restaurantId, zoneId }: z.infer<typeof Terms>,
  addresses: Addresses,
) {
  const refusal = addresses.refusal(url);
  if (refusal) {
    throw invalid({
      reason: 'webhook_address',
      message: 'This address can’t be called.',
      hint: 'It has to be an https address of a public server, without a password in it.',
      data: { why: refusal },
    });
  }
  if (restaurantId && (await restaurantsAmong(tx, [restaurantId])) === 0) {
    throw notFound('restaurant');
  }
  if (zoneId && !(await isZoneInUse(tx, zoneId))) throw notFound('zone');
  return { name, url, eventTypes: [...new Set(eventTypes)], restaurantId, zoneId };
}

/** Events from now on go there. The secret is in this answer and in no other. */
export async function makeWebhook(
  ctx: ServiceContext,
  input: z.infer<typeof MakeWebhookInput>,
  addresses: Addresses,
): Promise<{ webhookId: string; secret: string }> {
  requireRole(ctx, 'admin');
  return runCommand(ctx, { name: 'make-webhook', request: input }, async (tx) => {
    const terms = await checked(tx, input, addresses);
    if ((await countWebhooksLocked(tx)) >= MOST_WEBHOOKS) {
      throw conflict({
        reason: 'webhooks_many',
        message: 'There are as many webhooks as there can be.',
        hint: 'Remove one that is not needed any more.',
      });
    }
    const [id, secret] = [uuidv7(), freshSecret()];
    await insertWebhook(tx, { ...terms, id, secret });
    return { webhookId: id, secret };
  });
}

async function compareAndSet(
  tx: Transaction,
  { webhookId, expectedVersion }: z.infer<typeof Versioned>,
  change: Parameters<typeof write>[3],
): Promise<{ webhookId: string; version: number }> {
  const version = await write(tx, webhookId, expectedVersion, change);
  if (version !== null) return { webhookId, version };
  throw await overtaken(tx, webhookId);
}

async function overtaken(tx: Transaction, webhookId: string) {
  if (!(await findWebhook(tx, webhookId))) return notFound('webhook');
  return conflict({
    reason: 'webhook_changed',
    message: 'Somebody else has changed this webhook meanwhile.',
    hint: 'Look at it as it is now and decide again.',
  });
}

/** Changes where to and what; what waits already is sent by the new terms. */
export async function changeWebhook(
  ctx: ServiceContext,
  input: z.infer<typeof ChangeWebhookInput>,
  addresses: Addresses,
): Promise<{ webhookId: string; version: number }> {
  requireRole(ctx, 'admin');
  return runCommand(ctx, { name: 'change-webhook', request: input }, async (tx) =>
    // Whoever mends an address does not want to wait for the next try.
    compareAndSet(tx, input, {
      ...(await checked(tx, input, addresses)),
      nextAttemptAt: ctx.now(),
    }),
  );
}

/** A new secret, told in this answer alone. For a day both sign, so that no receiver misses a message. */
export async function rotateWebhook(
  ctx: ServiceContext,
  input: z.infer<typeof RotateWebhookInput>,
): Promise<{ webhookId: string; version: number; secret: string }> {
  requireRole(ctx, 'admin');
  return runCommand(ctx, { name: 'rotate-webhook', request: input }, async (tx) => {
    const webhook = await findWebhook(tx, input.webhookId);
    if (!webhook) throw notFound('webhook');
    const secret = freshSecret();
    const rotated = await compareAndSet(tx, input, {
      secret,
      previousSecret: webhook.secret,
      previousSecretUntil: new Date(ctx.now().getTime() + ROTATION_HOURS * 3_600_000),
    });
    return { ...rotated, secret };
  });
}

/** Stops a webhook, or lets it go on where it stopped. */
export async function stopWebhook(
  ctx: ServiceContext,
  input: z.infer<typeof StopWebhookInput>,
): Promise<{ webhookId: string; version: number }> {
  requireRole(ctx, 'admin');
  return runCommand(ctx, { name: 'stop-webhook', request: input }, (tx) =>
    compareAndSet(
      tx,
      input,
      input.stopped ? { disabledAt: ctx.now() } : { disabledAt: null, nextAttemptAt: ctx.now() },
    ),
  );
}

/** Somebody knows that events were missed: it is not shown any more. */
export async function acknowledgeMissed(
  ctx: ServiceContext,
  input: z.infer<typeof AcknowledgeMissedInput>,
): Promise<{ webhookId: string; version: number }> {
  requireRole(ctx, 'admin');
  return runCommand(ctx, { name: 'acknowledge-missed', request: input }, (tx) =>
    compareAndSet(tx, input, { missed: 0 }),
  );
}

/** For good, with its dead letters and its delivery log. */
export async function removeWebhook(
  ctx: ServiceContext,
  input: z.infer<typeof RemoveWebhookInput>,
): Promise<{ webhookId: string }> {
  requireRole(ctx, 'admin');
  const { webhookId, expectedVersion } = input;
  return runCommand(ctx, { name: 'remove-webhook', request: input }, async (tx) => {
    if (!(await deleteWebhook(tx, webhookId, expectedVersion))) {
      throw await overtaken(tx, webhookId);
    }
    return { webhookId };
  });
}
