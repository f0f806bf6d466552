import type { LogEvent } from '@/domain/events';
import type { BrokerKind } from '@/domain/relay/destination';

/** Its id is stable: receivers drop repeats by it. */
export type RelayedEvent = LogEvent;

/** What came back, for the delivery log. */
export type SinkAnswer = { httpStatus: number; text: string };

export type SinkResult = (
  | { kind: 'delivered' }
  | { kind: 'failed'; error: string; retryAfterSeconds?: number }
  /** There is no use in trying this again. */
  | { kind: 'refused'; error: string }
) & { answer?: SinkAnswer };

/** A way to the outside. */
export type Sink = {
  /**
   * All of them in this order, or failed. Called one at a time per destination; ends when `signal` does
   * at the latest, whatever the other side does.
   */
  deliver(events: readonly RelayedEvent[], signal: AbortSignal): Promise<SinkResult>;
  /** How many events one call takes. */
  batch: number;
  /** For `npm run doctor`. */
  check(): Promise<{ ok: boolean; detail: string }>;
  close(): Promise<void>;
};

/** Where a webhook goes, and what signs it: the newest secret first. */
export type WebhookTarget = { url: string; secrets: readonly string[] };

export type WebhookMessage = { id: string; at: Date; body: string };

/** Posts to other people's servers. */
export type WebhookSender = {
  sink(target: WebhookTarget): Sink;
  /** One message of any kind, as events are sent. */
  send(target: WebhookTarget, message: WebhookMessage, signal: AbortSignal): Promise<SinkResult>;
  /** Why nothing may be sent to this address, whatever it resolves to; null: it may. */
  refusal(url: string): string | null;
  /** Leaves every server. */
  close(): void;
};

/** The ways to the outside that this process has. */
export type Sinks = {
  webhooks: WebhookSender;
  brokers: Readonly<Partial<Record<BrokerKind, Sink>>>;
};
