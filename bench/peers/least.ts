import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import postgres from 'postgres';
import { type WebSocket, WebSocketServer } from 'ws';
import type { PlacedOrder } from './classic/tables';
import { listen } from './listen';

/**
 * What no pipeline goes below that keeps an order before it shows it: the classic one's order and lines in one
 * statement, which is its own transaction, and the frame from the same process once that has committed. No
 * framework, no check, no broker.
 */
const [databaseUrl = ''] = process.argv.slice(2);
const sql = postgres(databaseUrl, { max: 10 });
const screens = new Map<string, WebSocket>();

type Wanted = {
  customerId: number;
  restaurantId: string;
  lines: { itemId: string; quantity: number }[];
  dropoffAddress: string;
};

async function place({ customerId, restaurantId, lines, dropoffAddress }: Wanted) {
  const [order] = await sql<PlacedOrder[]>`
    WITH priced AS (
      SELECT d.id, d.name, d.price, l.quantity
      FROM json_to_recordset(${JSON.stringify(lines)}::text::json) AS l ("itemId" uuid, quantity int)
      JOIN dishes d ON d.id = l."itemId" AND d.restaurant_id = ${restaurantId}
    ), placed AS (
      INSERT INTO orders (customer_id, restaurant_id, total, address)
      VALUES (${customerId}, ${restaurantId}, (SELECT sum(price * quantity) FROM priced), ${dropoffAddress})
      RETURNING *
    ), detail AS (
      INSERT INTO order_lines (order_id, item_id, name, quantity, unit_price)
      SELECT placed.id, priced.id, priced.name, quantity, price FROM placed, priced
    )
    SELECT id AS "orderId", customer_id AS "customerId", restaurant_id AS "restaurantId", status, total,
      address, placed_at::text AS "placedAt",
      (SELECT json_agg(json_build_object('itemId', id, 'name', name, 'quantity', quantity, 'unitPrice', price))
        FROM priced) AS lines
    FROM placed`;
  return order;
}

const server = createServer(async (request, response) => {
  const order = await place((await json(request)) as Wanted);
  response.writeHead(201, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ orderId: order?.orderId }));
  screens.get(`${order?.customerId}`)?.send(JSON.stringify({ type: 'order.placed', order }));
});
new WebSocketServer({ server }).on('connection', (socket, { url }) => {
  const topic = new URL(url ?? '/', 'http://localhost').searchParams.get('topic') ?? '';
  screens.set(topic, socket);
});
process.on('disconnect', () => process.exit(0));
process.send?.({ port: await listen(server) });
