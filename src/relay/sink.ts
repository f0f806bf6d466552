export type {
  RelayedEvent,
  Sink,
  SinkResult,
  Sinks,
  WebhookSender,
} from '@/services/sink';
