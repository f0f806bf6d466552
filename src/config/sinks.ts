import type { Env } from './env';

/** Which ways to the outside the environment starts. */
export const sinkSettings = (env: Env) => ({
  webhooks: {
    allowPrivate: env.WEBHOOK_ALLOW_PRIVATE === 'on',
    httpsOnly: env.NODE_ENV === 'production',
  },
  amqpUrl: env.AMQP_URL,
  redisStreamUrl: env.REDIS_STREAM_URL,
});
