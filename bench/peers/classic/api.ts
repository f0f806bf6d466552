import { createServer } from 'node:http';
import { connect } from 'amqplib';
import express from 'express';
import postgres from 'postgres';
import { z } from 'zod';
import { listen } from '../listen';
import { type PlacedOrder, QUEUE } from './tables';

/**
 * Takes orders as such pipelines do: checks the request, writes the order and its lines at the menu's prices
 * in one transaction, and publishes it once that has committed. Nobody is signed in, no key makes a repetition
 * harmless, and a crash after the commit loses the message. With `nodelay` the broker's connection waits for
 * nothing before it sends.
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

const app = express();
app.use(express.json());
app.post('/orders', async (request, response) => {
  const order = await place(OrderInput.parse(request.body));
  channel.sendToQueue(QUEUE, Buffer.from(JSON.stringify(order)), { persistent: true });
  response.status(201).json({ orderId: order.orderId });
});
process.on('disconnect', () => process.exit(0));
process.send?.({ port: await listen(createServer(app)) });
