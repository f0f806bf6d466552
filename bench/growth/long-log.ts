import type postgres from 'postgres';

/** Lines of one order, orders of one customer, and so on: how the log's lines are spread. */
const LINES_AN_ORDER = 14;
const ORDERS_A_CUSTOMER = 20;
const ORDERS_A_DRIVER = 500;
const RESTAURANTS = 1_000;
/** Lines lie in so many transactions: a fresh server has not many that are over. */
const TRANSACTIONS = 300;
/** Above so many new lines, indexes are made anew instead of being kept. */
const MANY = 500_000;

/** The id of an order, customer, driver or restaurant by its number, in SQL. */
const idOf = (kind: string, number: string): string => `md5('${kind}' || (${number}))::uuid`;

/** Lengthens the log to `lines` lines, of some 400 bytes of data each; `most` is how many there will ever be. */
export async function lengthenLog(sql: postgres.Sql, lines: number, most: number): Promise<void> {
  const [row] = await sql<{ had: number }[]>`SELECT count(*)::int AS had FROM events`;
  const had = row?.had ?? 0;
  const indexes = await sql<{ name: string; definition: string }[]>`
    SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
    FROM pg_index WHERE indrelid = 'events'::regclass AND NOT indisprimary`;
  const anew = lines - had > MANY;
  if (anew) for (const { name } of indexes) await sql.unsafe(`DROP INDEX ${name}`);
  await sql.unsafe(`
    INSERT INTO events (xid, stream, stream_id, version, type, data, actor, at, customer_id, driver_id, restaurant_id)
    SELECT (3 + n * ${TRANSACTIONS}::bigint / ${most})::text::xid8, 'order', ${idOf('order', 'o')},
      1 + n % ${LINES_AN_ORDER},
      (ARRAY['order.placed', 'order.accepted', 'delivery.created', 'order.preparing', 'delivery.offering', 'offer.made',
        'offer.accepted', 'delivery.assigned', 'order.eta_changed', 'delivery.at_pickup', 'order.ready',
        'delivery.picked_up', 'delivery.delivered', 'order.completed'])[1 + n % ${LINES_AN_ORDER}],
      jsonb_build_object('order', jsonb_build_object('id', o, 'number', o, 'status', 'ready', 'total', n % 5000,
        'restaurantName', 'Restaurant ' || o % ${RESTAURANTS}, 'address', o || ' Long Street, third floor', 'note', repeat('x', 220))),
      CASE WHEN n % 3 = 0 THEN 'system:kitchen' ELSE 'user:' || ${idOf('driver', `o / ${ORDERS_A_DRIVER}`)} END,
      now() - interval '30 days' + n * (interval '30 days' / ${most}),
      ${idOf('customer', `o / ${ORDERS_A_CUSTOMER}`)}, ${idOf('driver', `o / ${ORDERS_A_DRIVER}`)},
      ${idOf('restaurant', `o % ${RESTAURANTS}`)}
    FROM (SELECT n, n / ${LINES_AN_ORDER} AS o FROM generate_series(${had}::bigint, ${lines - 1}::bigint) n) line`);
  if (anew) for (const { definition } of indexes) await sql.unsafe(definition);
  await sql`VACUUM ANALYZE events`;
}

/** The ids that the first `lines` lines hold, by numbers that `random` draws. */
export async function drawIds(
  sql: postgres.Sql,
  lines: number,
  count: number,
): Promise<{ orders: string[]; customers: string[] }> {
  const rows = await sql.unsafe<{ order: string; customer: string }[]>(`
    SELECT ${idOf('order', 'o')} AS order, ${idOf('customer', `o / ${ORDERS_A_CUSTOMER}`)} AS customer
    FROM (SELECT floor(random() * ${lines / LINES_AN_ORDER})::bigint AS o FROM generate_series(1, ${count})) drawn`);
  return {
    orders: rows.map(({ order }) => order),
    customers: rows.map(({ customer }) => customer),
  };
}
