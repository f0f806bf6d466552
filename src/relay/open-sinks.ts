import { amqpSink } from './amqp';
import { redisStreamSink } from './redis-streams';
import type { Sinks } from './sink';
import { type WebhookOptions, webhookSender } from './webhook';

export type SinkSettings = {
  webhooks: WebhookOptions;
  amqpUrl?: string | undefined;
  redisStreamUrl?: string | undefined;
};

/** The ways to the outside that these settings start. None connects before there is something to send. */
export function openSinks({ webhooks, amqpUrl, redisStreamUrl }: SinkSettings): Sinks {
  return {
    webhooks: webhookSender(webhooks),
    brokers: {
      ...(amqpUrl ? { amqp: amqpSink(amqpUrl) } : {}),
      ...(redisStreamUrl ? { redis: redisStreamSink(redisStreamUrl) } : {}),
    },
  };
}

/** Leaves the brokers. */
export async function closeSinks({ brokers }: Sinks): Promise<void> {
  await Promise.all(Object.values(brokers).map((sink) => sink.close()));
}
