import { expect, it } from 'vitest';
import { readActor } from './actor';
import { minute, orderEvent } from './images.testing';
import { doorOf, LOG_SOURCES, type LogFilter, passesFilter } from './log-filter';

const event = orderEvent('first', {
  ...{ type: 'order.ready', actor: 'database:hotfoot', at: minute(5) },
});

it.each<[LogFilter, boolean]>([
  [{}, true],
  [{ stream: 'order' }, true],
  [{ stream: 'driver' }, false],
  [{ type: 'order.ready' }, true],
  [{ type: 'order.rea' }, false],
  [{ orderId: 'first' }, true],
  [{ orderId: 'second' }, false],
  [{ actor: 'database:hotfoot' }, true],
  [{ actor: 'database' }, false],
  [{ source: 'psql' }, true],
  [{ source: 'app' }, false],
  [{ from: minute(5) }, true],
  [{ from: minute(6) }, false],
  [{ to: minute(5) }, false],
  [{ to: minute(6), stream: 'order', source: 'psql' }, true],
  [{ to: minute(6), stream: 'order', source: 'platform' }, false],
])('a line passes what it has all of: %j', (filter, passes) => {
  expect(passesFilter(event, false, filter)).toBe(passes);
});

it.each([
  { actor: 'user:ana', byApi: false, door: 'app' },
  { actor: 'user:ana', byApi: true, door: 'api' },
  { actor: 'key:till', byApi: true, door: 'key' },
  { actor: 'system:eta', byApi: false, door: 'platform' },
] as const)('$actor came in by $door alone', ({ actor, byApi, door }) => {
  const line = orderEvent('first', { actor });
  const passed = LOG_SOURCES.filter((source) => passesFilter(line, byApi, { source }));
  expect(passed).toEqual([door]);
  expect(doorOf(readActor(actor).source, byApi)).toBe(door);
});
