import { ACTOR_PREFIX, SOURCES, type Source } from './actor';
import type { LogEvent } from './events';

/**
 * By which door a change came in. People's own changes are told apart: `app` is a page, `api` a program that
 * acts for them with a token.
 */
export const LOG_SOURCES = [...SOURCES, 'api'] as const;
export type LogSource = (typeof LOG_SOURCES)[number];

/** Which lines of the log are wanted; what is left out does not matter. */
export type LogFilter = {
  stream?: LogEvent['stream'] | undefined;
  type?: string | undefined;
  /** The stream of one order. */
  orderId?: string | undefined;
  /** Whole, as it stands in the log. */
  actor?: string | undefined;
  source?: LogSource | undefined;
  /** ISO, from here on and before there. */
  from?: string | undefined;
  to?: string | undefined;
};

/** The door of a change that `source` made, through a program or not. */
export const doorOf = (source: Source, byApi: boolean): LogSource =>
  source === 'app' && byApi ? 'api' : source;

/** Whether a line came in by this door. */
function cameBy(door: LogSource, actor: string, byApi: boolean): boolean {
  const source = door === 'api' ? 'app' : door;
  return actor.startsWith(ACTOR_PREFIX[source]) && (source !== 'app' || byApi === (door === 'api'));
}

/** Whether a line that has just been written is wanted: the same that the database finds. */
export function passesFilter(event: LogEvent, byApi: boolean, filter: LogFilter): boolean {
  const { stream, type, orderId, actor, source, from, to } = filter;
  const at = Date.parse(event.at);
  return (
    (!stream || event.stream === stream) &&
    (!type || event.type === type) &&
    (!orderId || event.streamId === orderId) &&
    (!actor || event.actor === actor) &&
    (!source || cameBy(source, event.actor, byApi)) &&
    (!from || at >= Date.parse(from)) &&
    (!to || at < Date.parse(to))
  );
}
