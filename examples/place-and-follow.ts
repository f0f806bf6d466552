/** Orders the first dish of the nearest open restaurant, in cash, and follows the order to the door. */
import { applyToOrderView, createHotfootClient, newKey, type OrderView } from 'hotfoot/client';
import { commandLine } from './command-line';

const options = commandLine({
  email: 'customer@hotfoot.test',
  door: '37.9,-29.6',
  address: '1 Example Street',
});
const [lat = 0, lng = 0] = options.door.split(',').map(Number);
const client = await createHotfootClient(options);
const { restaurants, orders } = client.api;

const { places } = await restaurants.nearby.query({ lat, lng, kind: 'restaurant', openOnly: true });
const [nearest] = places;
if (!nearest) throw new Error('Nothing that is open delivers to this door.');
const { menu } = await restaurants.get.query({ slug: nearest.restaurant.slug });
const dish = menu.flatMap(({ items }) => items).find(({ soldOut }) => !soldOut);
if (!dish) throw new Error('Everything is sold out.');

const cart = {
  restaurantId: nearest.restaurant.id,
  lines: [
    {
      itemId: dish.id,
      // As many as it takes to reach the minimum of the restaurant.
      quantity: Math.ceil(Math.max(1, nearest.restaurant.minimumOrder / dish.price)),
      // What has to be chosen, the first options are chosen of.
      optionIds: dish.optionGroups.flatMap(({ options: choices, min }) =>
        choices.slice(0, min).map(({ id }) => id),
      ),
      note: '',
    },
  ],
  dropoff: { lat, lng },
};
const { total, obstacles } = await orders.quote.query(cart);
if (obstacles[0]) throw new Error(obstacles[0].message);

// The same key again is the same order: what was not answered can be asked again.
const idempotencyKey = newKey();
const { orderId } = await orders.place.mutate({
  ...{ ...cart, idempotencyKey, dropoffAddress: options.address, expectedTotal: total },
});

let view: OrderView | null = null;
let said = '';
for await (const { data } of orders.watch.subscribe({ orderId })) {
  view = data.kind === 'event' ? view && applyToOrderView(view, data.event) : data.view;
  if (!view) continue;
  const { order, delivery } = view;
  const line = `order #${order.number}: ${order.status}, delivery: ${delivery?.status ?? 'none yet'}`;
  if (line !== said) console.log(line);
  said = line;
  if (order.closedAt) break;
}
await client.close();
