import { z } from 'zod';
import {
  dropPushTarget,
  keepPushTarget,
  readVapidKey,
  setSetting,
  settingsOf,
} from '@/db/queries/notices';
import { readSetting } from '@/db/queries/settings';
import { setUserLocale } from '@/db/queries/users';
import { ensured, invalid } from '@/domain/errors';
import {
  isWanted,
  NOTICE_CHANNELS,
  type NoticeSetting,
  noticeKindsOf,
  SWITCHED_NOTICE_KINDS,
} from '@/domain/notices';
import { isPushEndpoint, publicPoint } from '@/domain/push';
import { IdempotencyKey, runCommand } from './command';
import { requireRole, type ServiceContext } from './context';

export const SetNoticeInput = IdempotencyKey.extend({
  kind: z.enum(SWITCHED_NOTICE_KINDS),
  channel: z.enum(NOTICE_CHANNELS),
  enabled: z.boolean(),
});

/** Every kind and channel as it stands for this person. */
export async function getNoticeSettings(ctx: ServiceContext): Promise<NoticeSetting[]> {
  const viewer = requireRole(ctx, 'customer', 'driver', 'admin', 'kitchen');
  const settings = (await settingsOf(ctx.db, [viewer.userId])).get(viewer.userId) ?? [];
  const defaults = await readSetting(ctx.db, 'notices');
  return noticeKindsOf(viewer.role).flatMap((kind) =>
    NOTICE_CHANNELS.map((channel) => ({
      kind,
      channel,
      enabled: isWanted(settings, kind, channel, defaults),
    })),
  );
}

/** Switches one kind on one channel. */
export async function setNotice(
  ctx: ServiceContext,
  input: z.infer<typeof SetNoticeInput>,
): Promise<NoticeSetting> {
  const viewer = requireRole(ctx, 'customer', 'driver', 'admin', 'kitchen');
  const { kind, channel, enabled } = input;
  return runCommand(ctx, { name: 'set-notice', request: input }, async (tx) => {
    await setSetting(tx, viewer.userId, { kind, channel, enabled });
    return { kind, channel, enabled };
  });
}

/** What a browser subscribes to pushes with: an uncompressed P-256 point, base64url. */
export async function getPushKey(ctx: ServiceContext): Promise<string> {
  return publicPoint(ensured(await readVapidKey(ctx.db), 'a key since the first start'));
}

const Base64Url = z.string().regex(/^[\w-]+={0,2}$/);

export const SubscribePushInput = IdempotencyKey.extend({
  endpoint: z.url().max(1_000),
  /** The browser's public key and secret, base64url (RFC 8291). */
  p256dh: Base64Url.min(80).max(100),
  auth: Base64Url.min(16).max(32),
});

/** Lets this browser get pushes. Which push services are known is given by the server. */
export async function subscribePush(
  ctx: ServiceContext,
  input: z.infer<typeof SubscribePushInput>,
  allowedHosts: readonly string[],
): Promise<{ endpoint: string }> {
  const viewer = requireRole(ctx, 'customer', 'driver', 'admin', 'kitchen');
  if (!isPushEndpoint(input.endpoint, allowedHosts)) {
    throw invalid({
      reason: 'push_service_unknown',
      message: 'This browser uses a push service that Hotfoot does not know.',
      hint: 'Use another browser, or ask who runs this place to allow it.',
    });
  }
  const { endpoint, p256dh, auth } = input;
  return runCommand(ctx, { name: 'subscribe-push', request: input }, async (tx) => {
    await keepPushTarget(tx, viewer.userId, { endpoint, p256dh, auth });
    return { endpoint };
  });
}

export const UnsubscribePushInput = IdempotencyKey.extend({ endpoint: z.url().max(1_000) });

export async function unsubscribePush(
  ctx: ServiceContext,
  input: z.infer<typeof UnsubscribePushInput>,
): Promise<{ endpoint: string }> {
  const viewer = requireRole(ctx, 'customer', 'driver', 'admin', 'kitchen');
  const { endpoint } = input;
  return runCommand(ctx, { name: 'unsubscribe-push', request: input }, async (tx) => {
    await dropPushTarget(tx, endpoint, viewer.userId);
    return { endpoint };
  });
}

export const SetLocaleInput = IdempotencyKey.extend({ locale: z.string().regex(/^[a-z]{2}$/) });

/** In which language a person is written to. */
export async function setLocale(
  ctx: ServiceContext,
  input: z.infer<typeof SetLocaleInput>,
): Promise<{ locale: string }> {
  const viewer = requireRole(ctx, 'customer', 'driver', 'admin', 'kitchen');
  const { locale } = input;
  return runCommand(ctx, { name: 'set-locale', request: input }, async (tx) => {
    await setUserLocale(tx, viewer.userId, locale);
    return { locale };
  });
}
