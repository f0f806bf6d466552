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

/** Leaves brokers and servers. */
export async function closeSinks({ webhooks, brokers }: Sinks): Promise<void> {
  webhooks.close();
  await Promise.all(Object.values(brokers).map((sink) => sink.close()));
}
