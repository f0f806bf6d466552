import Pusher from 'pusher';
import { reasonOf } from './outside';

export type PusherOptions = {
  appId: string;
  key: string;
  secret: string;
  cluster?: string | undefined;
  /** Where a server of the same protocol is; Pusher's own when unset. */
  origin?: string | undefined;
};

export type PusherChannels = {
  /** Sends these in order; throws when the other side did not take them all. */
  send(messages: readonly { channel: string; name: string; data: unknown }[]): Promise<void>;
  /** The signature with which `socketId` may listen on a private channel. */
  sign(socketId: string, channel: string): { auth: string };
  /** For `npm run doctor`: whether the other side knows the application and its secret. */
  check(): Promise<{ ok: boolean; detail: string }>;
};

/** As many as Pusher takes at once. */
const AT_ONCE = 10;
const TIMEOUT_MS = 5_000;
const DEFAULT_CLUSTER = 'mt1';

export function openPusherChannels(options: PusherOptions): PusherChannels {
  const { appId, key, secret, cluster, origin } = options;
  const at = origin ? new URL(origin) : null;
  const pusher = new Pusher({
    ...{ appId, key, secret, timeout: TIMEOUT_MS },
    ...(at
      ? { host: at.hostname, port: at.port, useTLS: at.protocol === 'https:' }
      : { cluster: cluster ?? DEFAULT_CLUSTER, useTLS: true }),
  });
  return {
    async send(messages) {
      for (let n = 0; n < messages.length; n += AT_ONCE) {
        await pusher.triggerBatch(messages.slice(n, n + AT_ONCE));
      }
    },
    sign: (socketId, channel) => pusher.authorizeChannel(socketId, channel),
    async check() {
      const place = at?.host ?? `cluster ${cluster ?? DEFAULT_CLUSTER}`;
      try {
        const { ok, status } = await pusher.get({ path: '/channels' });
        return { ok, detail: ok ? `application ${appId} at ${place}` : `${place} says ${status}` };
      } catch (error) {
        return { ok: false, detail: `${place}: ${reasonOf(error)}` };
      }
    },
  };
}
