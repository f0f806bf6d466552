import { type Env, getEnv } from './env';

/** Hosted mode: live updates over Pusher channels, rounds by a cron job. */
export type HostedSettings = {
  pusher: {
    appId: string;
    key: string;
    secret: string;
    cluster: string | undefined;
    origin: string | undefined;
  };
  cronSecret: string | undefined;
};

/** Where browsers find the channels, as sources of a page's policy. */
export function channelSources({ pusher: { cluster, origin } }: HostedSettings): string[] {
  if (origin) {
    const { protocol, host } = new URL(origin);
    return [origin.replace(/\/$/, ''), `${protocol === 'https:' ? 'wss' : 'ws'}://${host}`];
  }
  return [`wss://ws-${cluster}.pusher.com`, `https://sockjs-${cluster}.pusher.com`];
}

/** Null where no `PUSHER_*` variable is set; throws one sentence when they are not complete. */
export function readHosted(env: Env = getEnv()): HostedSettings | null {
  const { PUSHER_APP_ID: appId, PUSHER_KEY: key, PUSHER_SECRET: secret } = env;
  const { PUSHER_CLUSTER: cluster, PUSHER_ORIGIN: origin } = env;
  if (![appId, key, secret, cluster, origin].some(Boolean)) return null;
  if (!appId || !key || !secret || !(cluster || origin)) {
    throw new Error(
      'Hosted mode needs PUSHER_APP_ID, PUSHER_KEY, PUSHER_SECRET, and PUSHER_CLUSTER or PUSHER_ORIGIN: set them all, or none.',
    );
  }
  return { pusher: { appId, key, secret, cluster, origin }, cronSecret: env.CRON_SECRET };
}
