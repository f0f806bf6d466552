import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { EXAMPLE_IDS, EXAMPLE_SIGN_IN } from '@/api/rest/examples';
import { OPERATIONS } from '@/api/rest/operations';
import { testDatabase } from '@/db/testing/test-database';
import { giveTo, walk } from '@/services/journey.testing';
import { signUp } from '@/services/sign-up';
import { stepOrder } from '@/services/step-order';
import { contextOf, key } from '@/services/testing';
import { openApiJudge } from './openapi.testing';
import {
  deliveryIdOf,
  makeRestWorld,
  type RestWorld,
  realExample,
  restClient,
} from './rest.testing';
import { startServer } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

type Call = ReturnType<typeof restClient>;

/** What has to have happened before the example makes sense; the ids that came of it. */
type Preparation = (world: RestWorld, call: Call) => Promise<Record<string, string>>;

const step = ({ town, orderId }: RestWorld, command: 'accept' | 'reject') =>
  stepOrder(contextOf(db(), town.admin), { ...key(), orderId, command });

const assigned: Preparation = async (world) => {
  await step(world, 'accept');
  await giveTo(db(), world.town, world.orderId, world.driver);
  return { [EXAMPLE_IDS.delivery]: await deliveryIdOf(db(), world.orderId) };
};

const offered: Preparation = async (world, call) => {
  await step(world, 'accept');
  const offers = await vi.waitUntil(
    async () => {
      const { body } = await call('GET', '/drivers/offers', { token: world.tokens.driver });
      const { offers: asked } = body as { offers: { id: string }[] };
      return asked.length > 0 ? asked : null;
    },
    { timeout: 10_000, interval: 20 },
  );
  return { [EXAMPLE_IDS.offer]: offers[0]?.id ?? '' };
};

const PREPARATIONS: Record<string, Preparation> = {
  login: async () => {
    await signUp(contextOf(db(), 'guest'), { name: 'Cora Customer', ...EXAMPLE_SIGN_IN });
    return {};
  },
  archiveOrder: async (world) => {
    await step(world, 'reject');
    return {};
  },
  archiveRestaurant: async (world) => {
    await step(world, 'reject');
    return {};
  },
  acceptOffer: offered,
  declineOffer: offered,
  stepDelivery: assigned,
  failDelivery: async (world, call) => {
    const ids = await assigned(world, call);
    await walk(db(), world.driver, world.orderId, 'pick_up');
    return ids;
  },
};

let server: Awaited<ReturnType<typeof startServer>>;
beforeAll(async () => {
  server = await startServer(database);
});
afterAll(() => server[Symbol.asyncDispose]());

const judge = openApiJudge();

it.each(OPERATIONS)('the example of $id does what the document says', async (operation) => {
  const call = restClient(server.url);
  const world = await makeRestWorld(db());
  const prepare = PREPARATIONS[operation.id];
  const ids = prepare ? await prepare(world, call) : {};
  const example = realExample(operation.example, world, ids);
  const path = operation.path.replace(
    /\{(\w+)\}/g,
    (_, name: string) => example.params?.[name] ?? '',
  );
  const query = new URLSearchParams(example.query).toString();
  const got = await call(operation.method.toUpperCase(), query ? `${path}?${query}` : path, {
    token: example.as === 'guest' ? null : world.tokens[example.as],
    headers: { 'idempotency-key': key().idempotencyKey },
    body: example.body,
  });
  expect(got.status, JSON.stringify(got.body)).toBe(operation.status);
  expect(judge.complaint(operation, got)).toBeNull();
  expect(server.errors).toEqual([]);
});
