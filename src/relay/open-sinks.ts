import type { Sinks } from './sink';
import { type WebhookOptions, webhookSender } from './webhook';

export type SinkSettings = { webhooks: WebhookOptions };

/** The ways to the outside that these settings start. */
export function openSinks({ webhooks }: SinkSettings): Sinks {
  return { webhooks: webhookSender(webhooks), brokers: {} };
}
