import { outsideEvent } from '@/domain/relay/outside-event';
import type { RelayedEvent } from './sink';

/** What every receiver gets of an event, as JSON. */
export const outsideJson = (event: RelayedEvent): string => JSON.stringify(outsideEvent(event));

/** Rejects as soon as the signal ends, for calls that can’t be broken off. */
export function beforeEnd<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = () => reject(new Error('No answer in time.'));
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
  });
}

export const reasonOf = (error: unknown): string =>
  // A connection that fails on every address says so in a list, without a message of its own.
  error instanceof AggregateError && error.errors[0] instanceof Error
    ? error.errors[0].message
    : error instanceof Error
      ? error.message
      : String(error);

/** The host and port of a broker, without what signs in there. */
export const placeOf = (url: string): string => new URL(url).host;
