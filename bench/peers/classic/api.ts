import { createServer, type IncomingMessage } from 'node:http';
import { connect } from 'amqplib';
import postgres from 'postgres';
import { z } from 'zod';
import { listen } from '../listen';
import { type PlacedOrder, QUEUE } from './tables';

/**
 * Takes orders as such pipelines do: checks the request, writes the order and its lines at the menu's prices
 * in one transaction, and publishes it once that has committed. Without Express, so that its router costs
 * nothing. Nobody is signed in, no key makes a repetition harmless, and a crash after the commit loses
 * the message. With `nodelay` the broker's connection waits for nothing before it sends.
 */
const [databaseUrl = '', brokerUrl = '', nagle = ''] = process.argv.slice(2);
const sql = postgres(databaseUrl, { max: 10 });
const broker = await connect(brokerUrl, nagle === 'nodelay' ? { noDelay: true } : {});
const channel = await broker.createChannel();
await channel.assertQueue(QUEUE, { durable: true });

const OrderInput = z.object({
  customerId: z.number().int(),
  restaurantId: z.uuid(),
  lines: z.array(z.object({ itemId: z.uuid(), quantity: z.number().int().min(1) })).min(1),
  dropoffAddress: z.string().min(3),
});

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  return JSON.parse(Buffer.concat(pieces).toString());
}

async function place({
  customerId,
  restaurantId,
  lines,
  dropoffAddress,
}: z.infer<typeof OrderInput>) {
  return sql.begin(async (tx): Promise<PlacedOrder> => {
    const ids = lines.map(({ itemId }) => itemId);
    const dishes = await tx<{ id: string; name: string; price: number }[]>`
      SELECT id, name, price FROM dishes WHERE id = ANY(${ids}) AND restaurant_id = ${restaurantId}`;
    const priced = lines.map(({ itemId, quantity }) => {
      const dish = dishes.find(({ id }) => id === itemId);
      if (!dish) throw new Error('an unknown dish');
      return { itemId, name: dish.name, quantity, unitPrice: dish.price };
    });
    const total = priced.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);
    const [order] = await tx<{ id: string; placedAt: Date }[]>`
      INSERT INTO orders (customer_id, restaurant_id, total, address)
      VALUES (${customerId}, ${restaurantId}, ${total}, ${dropoffAddress})
      RETURNING id, placed_at AS "placedAt"`;
    if (!order) throw new Error('the order was not inserted');
    await tx`INSERT INTO order_lines ${tx(
      priced.map(({ itemId, name, quantity, unitPrice }) => ({
        ...{ order_id: order.id, item_id: itemId, name, quantity, unit_price: unitPrice },
      })),
    )}`;
    return {
      ...{ orderId: order.id, customerId, restaurantId, status: 'placed', total, lines: priced },
      ...{ address: dropoffAddress, placedAt: order.placedAt.toISOString() },
    };
  });
}

const server = createServer(async (request, response) => {
  try {
    const order = await place(OrderInput.parse(await bodyOf(request)));
    channel.sendToQueue(QUEUE, Buffer.from(JSON.stringify(order)), { persistent: true });
    response.writeHead(201, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ orderId: order.orderId }));
  } catch (error) {
    console.error(error);
    response.writeHead(500).end();
  }
});
process.on('disconnect', () => process.exit(0));
process.send?.({ port: await listen(server) });
