import { sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { readFeed } from '@/db/queries/events';
import { paymentBacklog } from '@/db/queries/payments';
import type { LogEvent } from '@/domain/events';
import type { Facts } from './check';

const BATCH = 2_000;

async function readLog(db: Database): Promise<LogEvent[]> {
  const events: LogEvent[] = [];
  let place = { xid: '0', position: '0' };
  for (;;) {
    const read = await readFeed(db, 'all', place, BATCH);
    events.push(...read.map(({ event }) => event));
    place = read.at(-1)?.place ?? place;
    if (read.length < BATCH) return events;
  }
}

export async function readFacts(db: Database): Promise<Facts> {
  const orders = await db.execute<Facts['orders'][number]>(sql`
    SELECT o.id, o.status, o.fulfilment, d.status AS "deliveryStatus",
      coalesce(o.cook_from > now() OR o.slot_from > now(), false) AS planned
    FROM orders o LEFT JOIN deliveries d ON d.order_id = o.id`);
  const answers = await db.execute<{ key: string; response: unknown }>(
    sql`SELECT key, response FROM idempotency_keys`,
  );
  return {
    events: await readLog(db),
    orders: [...orders],
    answers: new Map(answers.map(({ key, response }) => [key, response])),
    paymentsOwed: (await paymentBacklog(db, 1)).owed,
  };
}
