import { describe, expect, it } from 'vitest';
import type { ReadEvent } from '@/db/queries/events';
import { ensured } from '@/domain/errors';
import { orderEvent } from '@/domain/images.testing';
import { Hub } from './hub';
import { followLog } from './log-tail';

const read = (position: number, type: string): ReadEvent => ({
  event: orderEvent('first', { id: `1.${position}`, type }),
  place: { xid: '1', position: String(position) },
  settled: true,
  byApi: false,
});

function follow(filter: Parameters<typeof followLog>[0]['filter']) {
  const hub = new Hub();
  const stop = new AbortController();
  const tail = followLog({
    ...{ hub, filter, everyMs: 0, signal: stop.signal },
    toLines: async (lines) => lines.map(({ event }) => event.id),
  });
  const publish = (position: number, type: string) =>
    hub.publish('all', { kind: 'event', read: read(position, type) });
  const next = async () => ensured((await tail.next()).value || null, 'a batch');
  return { publish, next, stop: () => stop.abort(), tail };
}

describe('the tail of the log', () => {
  it('says first that nothing is missed from here, then what passes, together', async () => {
    const { publish, next, stop, tail } = follow({ type: 'order.ready' });
    expect(await next()).toEqual({ lines: [], skipped: 0 });
    publish(1, 'order.ready');
    publish(2, 'order.placed');
    publish(3, 'order.ready');
    expect(await next()).toEqual({ lines: ['1.1', '1.3'], skipped: 0 });
    stop();
    expect((await tail.next()).done).toBe(true);
  });

  it('shows the latest of too many, and says how many it left out', async () => {
    const { publish, next, stop } = follow({});
    await next();
    for (let n = 1; n <= 130; n++) publish(n, 'order.ready');
    const { lines, skipped } = await next();
    expect(lines).toHaveLength(100);
    expect(lines.at(-1)).toBe('1.130');
    expect(skipped).toBe(30);
    stop();
  });
});
