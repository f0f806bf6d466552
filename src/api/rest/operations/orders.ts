import { z } from 'zod';
import { EXAMPLE_CART, EXAMPLE_DOOR, EXAMPLE_IDS } from '@/api/rest/examples';
import { operation, type RestCall } from '@/api/rest/operation';
import { OrderPatch, OrderPut, patchOrder, putOrder } from '@/api/rest/order-steps';
import {
  IdParams,
  Order,
  OrderSummary,
  Quote,
  toOrder,
  toOrderSummary,
} from '@/api/rest/resources';
import { CartInput } from '@/services/examine-order';
import { ListOrdersInput } from '@/services/list-orders';
import { PlaceOrderInput } from '@/services/place-order';

type Asking = Pick<RestCall<unknown, unknown, unknown>, 'api' | 'session'>;

/** The order as who asks may see it: kitchens have a way of their own, where they are told less. */
const viewOf = ({ api, session }: Asking, orderId: string) =>
  session?.viewer.role === 'kitchen' ? api.kitchen.order({ orderId }) : api.orders.get({ orderId });

async function readOrder(asking: Asking, id: string) {
  const { view } = await viewOf(asking, id);
  return { body: toOrder(view), version: view.versions.order };
}

export const orderOperations = [
  operation({
    id: 'quote',
    ...{ method: 'post', path: '/quotes', tag: 'orders', access: 'anyone' },
    summary: 'Ask what a cart costs and when it would come',
    detail: 'Changes nothing. `total` is what `POST /orders` wants as `expectedTotal`.',
    body: CartInput,
    status: 200,
    output: Quote,
    example: { as: 'guest', body: EXAMPLE_CART },
    async run({ api, body }) {
      return { body: await api.orders.quote(body) };
    },
  }),
  operation({
    id: 'placeOrder',
    ...{ method: 'post', path: '/orders', tag: 'orders', access: 'orders:write' },
    summary: 'Place an order',
    detail:
      'For customers. Answers at once with the order as it was taken; the kitchen and the search for a driver go on behind it. The same Idempotency-Key with the same body is the same order.',
    idempotency: 'required',
    body: PlaceOrderInput.omit({ idempotencyKey: true }),
    status: 202,
    output: Order,
    example: {
      as: 'customer',
      body: {
        ...EXAMPLE_CART,
        dropoffAddress: 'Rua da Madalena 12',
        dropoffNote: 'Second floor',
        payment: { method: 'cash' },
        expectedTotal: 2_200,
      },
    },
    async run({ api, session, body, idempotencyKey }) {
      const { orderId } = await api.orders.place({ ...body, idempotencyKey });
      return { ...(await readOrder({ api, session }, orderId)), location: `/orders/${orderId}` };
    },
  }),
  operation({
    id: 'listOrders',
    ...{ method: 'get', path: '/orders', tag: 'orders', access: 'orders:read' },
    summary: 'List orders, the latest first',
    detail:
      'An admin sees all, a customer theirs, a driver those that they carried, a kitchen those of its restaurants.',
    query: ListOrdersInput,
    status: 200,
    output: z.object({ orders: z.array(OrderSummary), next: z.string().nullable() }),
    example: { as: 'customer', query: { limit: '10' } },
    async run({ api, query }) {
      const { cards, next } = await api.orders.list(query);
      return { body: { orders: cards.map(toOrderSummary), next } };
    },
  }),
  operation({
    id: 'getOrder',
    ...{ method: 'get', path: '/orders/{id}', tag: 'orders', access: 'orders:read' },
    summary: 'Read an order',
    detail:
      'Its ETag goes up with every event. As `If-Match` it holds until somebody does something to the order: new estimates, and the search for a driver, are nobody’s doing.',
    versioned: 'reads',
    params: IdParams,
    status: 200,
    output: Order,
    example: { as: 'customer', params: { id: EXAMPLE_IDS.order } },
    run: ({ params, ...asking }) => readOrder(asking, params.id),
  }),
  operation({
    id: 'patchOrder',
    ...{ method: 'patch', path: '/orders/{id}', tag: 'orders', access: 'orders:write' },
    summary: 'Take a step of an order, or change its door',
    detail:
      '`status` names the state that a legal step leads to; a step that is not possible now is a conflict. An admin may take all steps and change the door, a kitchen take those of its work, a customer cancel or say that they have fetched it.',
    versioned: 'changes',
    params: IdParams,
    body: OrderPatch,
    status: 200,
    output: Order,
    example: { as: 'admin', params: { id: EXAMPLE_IDS.order }, body: { status: 'accepted' } },
    async run({ service: ctx, params, body: change, idempotencyKey, ...asking }) {
      const { view } = await viewOf(asking, params.id);
      await patchOrder({ ctx, view, change, idempotencyKey });
      return readOrder(asking, params.id);
    },
  }),
  operation({
    id: 'putOrder',
    ...{ method: 'put', path: '/orders/{id}', tag: 'orders', access: 'orders:write' },
    summary: 'Say how an order should be',
    detail:
      'As PATCH, with all that can be changed: what is as it was stays, one thing may differ.',
    versioned: 'changes',
    params: IdParams,
    body: OrderPut,
    status: 200,
    output: Order,
    example: {
      as: 'admin',
      params: { id: EXAMPLE_IDS.order },
      body: {
        status: 'placed',
        dropoff: EXAMPLE_DOOR,
        dropoffAddress: 'Rua da Madalena 14',
        dropoffNote: '',
      },
    },
    async run({ service: ctx, params, body: change, idempotencyKey, ...asking }) {
      const { view } = await viewOf(asking, params.id);
      await putOrder({ ctx, view, change, idempotencyKey });
      return readOrder(asking, params.id);
    },
  }),
  operation({
    id: 'archiveOrder',
    ...{ method: 'delete', path: '/orders/{id}', tag: 'orders', access: 'orders:write' },
    summary: 'Put an order away',
    detail:
      'For admins, once it is over. It leaves all lists with the event `order.archived`; admins can still read it and its events.',
    versioned: 'changes',
    params: IdParams,
    status: 204,
    example: { as: 'admin', params: { id: EXAMPLE_IDS.order } },
    async run({ api, params, idempotencyKey }) {
      await api.admin.archiveOrder({ orderId: params.id, idempotencyKey });
      return { body: null };
    },
  }),
];
