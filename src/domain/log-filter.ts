import { ACTOR_PREFIX, type Source } from './actor';
import type { LogEvent } from './events';

/** Which lines of the log are wanted; what is left out does not matter. */
export type LogFilter = {
  stream?: LogEvent['stream'] | undefined;
  type?: string | undefined;
  /** The stream of one order. */
  orderId?: string | undefined;
  /** Whole, as it stands in the log. */
  actor?: string | undefined;
  source?: Source | undefined;
  /** ISO, from here on and before there. */
  from?: string | undefined;
  to?: string | undefined;
};

/** Whether a line that has just been written is wanted: the same that the database finds. */
export function passesFilter(event: LogEvent, filter: LogFilter): boolean {
  const { stream, type, orderId, actor, source, from, to } = filter;
  const at = Date.parse(event.at);
  return (
    (!stream || event.stream === stream) &&
    (!type || event.type === type) &&
    (!orderId || event.streamId === orderId) &&
    (!actor || event.actor === actor) &&
    (!source || event.actor.startsWith(ACTOR_PREFIX[source])) &&
    (!from || at >= Date.parse(from)) &&
    (!to || at < Date.parse(to))
  );
}
