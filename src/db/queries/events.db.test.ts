import { sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '@/db/testing/test-database';
import {
  type LogPosition,
  type ReadEvent,
  readFeed,
  readSince,
  readTail,
  readWatermark,
} from './events';

const database = testDatabase();
const db = () => database.connection.db;

/** Writes events whose positions go from one power of ten to the next, in one transaction. */
async function writeAcrossAPowerOfTen(customerId: string) {
  const [last] = await db().execute<{ position: string }>(
    sql`SELECT coalesce(max(position), 0)::text AS position FROM events`,
  );
  const power = 10 ** String(last?.position ?? '0').length;
  await db().execute(sql`
    SELECT setval(pg_get_serial_sequence('events', 'position'), ${power - 3}::bigint)`);
  const { xmin } = await readWatermark(db());
  await db().execute(sql`
    SELECT append_event('order', uuid_v7(), 'test.written', '{}', ${customerId}, NULL, NULL)
    FROM generate_series(1, 6)`);
  const expected = [-2, -1, 0, 1, 2, 3].map((n) => String(power + n));
  return { expected, before: { xid: xmin, position: '0' } };
}

const readers: [string, (customerId: string) => typeof readTail][] = [
  ['the tail', () => readTail],
  ['a feed', (customerId) => (on, after, limit) => readFeed(on, { customerId }, after, limit)],
  ['the feed of everything', () => (on, after, limit) => readFeed(on, 'all', after, limit)],
];

describe('the order of reading', () => {
  it.each(readers)(
    'is that of the numbers, not of their text: %s, page by page',
    async (_, reader) => {
      const customerId = uuidv7();
      const { expected, before } = await writeAcrossAPowerOfTen(customerId);
      const read = reader(customerId);
      const got: ReadEvent[] = [];
      let place: LogPosition = before;
      for (;;) {
        const page = await read(db(), place, 2);
        got.push(...page);
        const last = page.at(-1);
        if (!last) break;
        place = last.place;
      }
      expect(got.map(({ place: { position } }) => position)).toEqual(expected);
    },
  );
});

describe('what many readers ask at once', () => {
  it('is answered for each, in their order, as their feeds would', async () => {
    const [quiet, busy] = [uuidv7(), uuidv7()];
    const { before } = await writeAcrossAPowerOfTen(busy);
    const [first, ...rest] = await readFeed(db(), { customerId: busy }, before, 10);
    const last = rest.at(-1);
    if (!first || !last) throw new Error('expected some events');
    const asked = [
      { owner: busy, after: before },
      { owner: quiet, after: before },
      { owner: busy, after: first.place },
      { owner: busy, after: last.place },
    ];
    const found = await readSince(db(), 'customer', asked);
    expect(found.map(({ news }) => news)).toEqual([true, false, true, false]);
    expect(found.map(({ forgotten }) => forgotten)).toEqual([false, false, false, false]);
    expect((await readSince(db(), 'driver', asked)).some(({ news }) => news)).toBe(false);
  });

  it.runIf(database.real)('holds nothing that is not below the watermark yet', async () => {
    const customerId = uuidv7();
    const { xmin } = await readWatermark(db());
    const asked = [{ owner: customerId, after: { xid: xmin, position: '0' } }];
    const news = async () => (await readSince(db(), 'customer', asked)).map((one) => one.news);
    await db().transaction(async (open) => {
      await open.execute(sql`SELECT pg_current_xact_id()`);
      await db().execute(sql`
        SELECT append_event('order', uuid_v7(), 'test.written', '{}', ${customerId}, NULL, NULL)`);
      expect(await news()).toEqual([false]);
    });
    expect(await news()).toEqual([true]);
  });
});
