import type { Env } from '@/config/env';
import type { SinkSettings } from '@/relay/open-sinks';

/** Which ways to the outside the environment starts. */
export const sinkSettings = (env: Env): SinkSettings => ({
  webhooks: {
    allowPrivate: env.WEBHOOK_ALLOW_PRIVATE === 'on',
    httpsOnly: env.NODE_ENV === 'production',
  },
  amqpUrl: env.AMQP_URL,
  redisStreamUrl: env.REDIS_STREAM_URL,
});
