export type {
  RelayedEvent,
  Sink,
  SinkAnswer,
  SinkResult,
  Sinks,
  WebhookMessage,
  WebhookSender,
  WebhookTarget,
} from '@/services/sink';
