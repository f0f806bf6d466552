import type { LogEvent } from '@/domain/events';
import type { Dialect } from '../peers/reader';

const EVENT = Buffer.from('"kind":"event"');

/** How a client on a bare socket follows a feed of ours. */
export const subscription = (path: string): Dialect => ({
  path: () => '/api/trpc',
  greet: () => JSON.stringify({ id: 1, method: 'subscription', params: { path, input: {} } }),
  ready: '"snapshot"',
  answers: { PING: 'PONG' },
});

/** The event that a frame brings, or null: it brings something else. */
export function eventIn(frame: Buffer): LogEvent | null {
  if (!frame.includes(EVENT)) return null;
  // It comes from our own server, whose wire tests are elsewhere.
  return JSON.parse(frame.toString()).result.data.data.event as LogEvent;
}
