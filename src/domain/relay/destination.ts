/** Ways to carry events outside. Of each broker there is one destination, of webhooks any number. */
export const BROKER_KINDS = ['amqp', 'redis', 'pusher'] as const;
export type BrokerKind = (typeof BROKER_KINDS)[number];
/** As people know them. */
export const BROKER_NAMES: Readonly<Record<BrokerKind, string>> = {
  amqp: 'RabbitMQ',
  redis: 'Redis',
  pusher: 'Pusher',
};
export const DESTINATION_KINDS = ['webhook', ...BROKER_KINDS] as const;
export type DestinationKind = (typeof DESTINATION_KINDS)[number];

/** An event is tried so often before it becomes a dead letter: about half an hour of waiting. */
export const RELAY_ATTEMPTS = 12;

const FIRST_WAIT_S = 1;
const LONGEST_WAIT_S = 900;
/** However long the other side asks for, it is asked again after this. */
const LONGEST_ASKED_S = 3_600;

/**
 * Seconds until the next try after so many: exponential with full jitter, see
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/, and never before the other
 * side wants to be asked again. `random` in [0, 1).
 */
export function relayBackoffSeconds(attempts: number, random: number, askedFor = 0): number {
  const most = Math.min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** (attempts - 1));
  return Math.max(random * most, Math.min(askedFor, LONGEST_ASKED_S));
}
