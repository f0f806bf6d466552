import { expect, it } from 'vitest';
import { minute, orderEvent } from './images.testing';
import { type LogFilter, passesFilter } from './log-filter';

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
  expect(passesFilter(event, filter)).toBe(passes);
});
