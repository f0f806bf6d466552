import fc, { type Arbitrary } from 'fast-check';
import { expect, it, vi } from 'vitest';
import type { Example, Method, Operation } from '@/api/rest/operation';
import { OPERATIONS } from '@/api/rest/operations';
import { testDatabase } from '@/db/testing/test-database';
import type { Viewer } from '@/domain/roles';
import { SCOPES } from '@/domain/scopes';
import { giveTo } from '@/services/journey.testing';
import { stepOrder } from '@/services/step-order';
import { contextOf, key, placeTestOrder } from '@/services/testing';
import { openApiJudge } from './openapi.testing';
import {
  deliveryIdOf,
  keyOf,
  makeRestWorld,
  type RestWorld,
  realExample,
  restClient,
  type Sent,
} from './rest.testing';
import { admitted, spoiled } from './schema-arbitrary.testing';
import { startServer, tokenOf } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

const SEED = 20_261_126;
const RUNS_EACH = 40;
/** Of an answer to an offer so many are sent at least: only some of them fit. */
const ANSWERS_EACH = 20;
const OFFERS = 4;
/** For all operations together; what is not reached by then is not asked. */
const TIME_MS = 35_000;

/** What takes things away comes last, and before it what changes much. */
const ROUGHNESS: Readonly<Record<Method, number>> = {
  get: 0,
  post: 0,
  patch: 1,
  put: 2,
  delete: 3,
};

type Json = Record<string, unknown>;
type Ask = { path: string; query: string; sent: Sent };
type Place = {
  worlds: readonly RestWorld[];
  ids: Readonly<Record<string, readonly string[]>>;
  tokens: readonly (string | null)[];
  /** Of who an operation is for. */
  tokenOf: Readonly<Record<Example['as'], string | null>>;
  /** Of who is asked, by the offer. */
  askedBy: ReadonlyMap<string, string>;
  customer: Viewer;
};

/** Everything that ids can name, each in several states. */
async function makePlace(): Promise<Place> {
  const worlds = [await makeRestWorld(db()), await makeRestWorld(db()), await makeRestWorld(db())];
  const [first] = worlds as [(typeof worlds)[number]];
  const { town, driver } = first;
  const more: string[] = [];
  for (let n = 0; n < 4; n += 1) more.push(await placeTestOrder(db(), town));
  const [accepted, rejected, given] = more as [string, string, string];
  const admin = contextOf(db(), town.admin);
  await stepOrder(admin, { ...key(), orderId: accepted, command: 'accept' });
  await stepOrder(admin, { ...key(), orderId: given, command: 'accept' });
  await stepOrder(admin, { ...key(), orderId: rejected, command: 'reject' });
  await giveTo(db(), town, given, driver);
  const everything = await keyOf(db(), town.admin, [...SCOPES]);
  const { secret: narrow } = await keyOf(db(), town.admin, ['drivers:read']);
  return {
    worlds,
    customer: town.customer,
    ids: {
      orders: [...worlds.map(({ orderId }) => orderId), ...more],
      deliveries: [await deliveryIdOf(db(), given), await deliveryIdOf(db(), accepted)],
      restaurants: worlds.map((world) => world.town.restaurantId),
      sections: worlds.map(({ sectionId }) => sectionId),
      dishes: worlds.flatMap((world) => Object.values(world.town.dishes)),
      options: [town.options.size.regular, town.options.size.large, town.options.extra],
      offers: [],
      keys: worlds.map(({ key: { keyId } }) => keyId),
    },
    // A session of its own: the others end when a refresh token is used twice.
    askedBy: new Map(),
    tokenOf: { guest: null, ...first.tokens, customer: await tokenOf(db(), town.customer) },
    tokens: [
      null,
      'nonsense',
      'hfk_nonsense',
      narrow,
      everything.secret,
      ...Object.values(first.tokens),
    ],
  };
}

type Call = ReturnType<typeof restClient>;

/** An order in a town of its own that its driver is being asked about: the offer, and who may answer. */
async function offered(call: Call): Promise<[offerId: string, token: string]> {
  const { town, orderId, tokens } = await makeRestWorld(db());
  await stepOrder(contextOf(db(), town.admin), { ...key(), orderId, command: 'accept' });
  const offerId = await vi.waitUntil(
    async () => {
      const { body } = await call('GET', '/drivers/offers', { token: tokens.driver });
      return (body as { offers: { id: string }[] }).offers[0]?.id;
    },
    { timeout: 15_000, interval: 20 },
  );
  return [offerId, tokens.driver];
}

/** The same place, where drivers are being asked: offers last for seconds. */
async function withOffers(place: Place, call: Call): Promise<Place> {
  const asked = await Promise.all(Array.from({ length: OFFERS }, () => offered(call)));
  const offers = asked.map(([offerId]) => offerId);
  return { ...place, ids: { ...place.ids, offers }, askedBy: new Map(asked) };
}

/** By the address, mostly the ids that fit; a `{id}` is of what stands before it. */
function idOf(path: string, name: string, { ids }: Place): Arbitrary<string> {
  const kind = new RegExp(`/([a-z-]+)/\\{${name}\\}`).exec(path)?.[1] ?? '';
  const fitting = ids[kind] ?? [];
  const any = Object.values(ids).flat();
  return fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...(fitting.length > 0 ? fitting : any)) },
    { weight: 1, arbitrary: fc.constantFrom(...any) },
    {
      weight: 1,
      arbitrary: fc.oneof(fc.uuid(), fc.constantFrom('%00', '..', 'null', '%E0%A4%A', '-1')),
    },
  );
}

function bodyOf(operation: Operation, schema: unknown, document: Json, place: Place) {
  const valid = admitted(schema, document, Object.values(place.ids).flat());
  const example = fc
    .constantFrom(...place.worlds)
    .map((world) => realExample(operation.example, world).body);
  const broken = valid.map((value) => JSON.stringify(value).slice(0, -1));
  return fc.oneof(
    { weight: 6, arbitrary: example },
    { weight: 6, arbitrary: example.chain(spoiled) },
    { weight: 6, arbitrary: valid },
    { weight: 5, arbitrary: valid.chain(spoiled) },
    { weight: 1, arbitrary: broken },
    {
      weight: 1,
      arbitrary: fc.constantFrom('', '[[[[', '"\\ud800"', '{"a":1}{', '[]'.repeat(40_000)),
    },
  );
}

const mostly = <T>(usual: Arbitrary<T>, odd: Arbitrary<T>): Arbitrary<T> =>
  fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: odd });

const ODD_HEADERS: Arbitrary<Record<string, string>> = fc
  .record(
    {
      'idempotency-key': fc.constantFrom('again', '', 'two words', '"q"'),
      'if-match': fc.constantFrom('"1"', '"2"', '*', 'W/"1"', '"99999999999"', 'nonsense'),
      'if-none-match': fc.constantFrom('"1"', '"2"', '*'),
      'x-request-id': fc.constantFrom('mine', '<script>', 'x'.repeat(100)),
      'content-type': fc.constantFrom('application/json; charset=utf-8', 'text/plain'),
    },
    { requiredKeys: [] },
  )
  .map((headers) => ({ ...headers }));
const HEADERS = mostly<Record<string, string>>(fc.constant({}), ODD_HEADERS);

/** Requests to one operation as its part of the document describes them, and as it does not. */
function asksOf(operation: Operation, document: Json, place: Place): Arbitrary<Ask> {
  const told = (document.paths as Record<string, Record<string, Json>>)[operation.path]?.[
    operation.method
  ] as { parameters: { name: string; in: string; schema: unknown }[]; requestBody?: Json };
  const pool = Object.values(place.ids).flat();
  const names = told.parameters.filter((each) => each.in === 'path').map(({ name }) => name);
  const queries: Record<string, Arbitrary<unknown>> = Object.fromEntries(
    told.parameters
      .filter((each) => each.in === 'query')
      .map(({ name, schema }) => [
        name,
        mostly(
          admitted(schema, document, pool),
          fc.constantFrom<unknown>('', 'x', '-1', '1e99', '\u0000'),
        ),
      ]),
  );
  const examples = place.worlds.map((world) => realExample(operation.example, world));
  const content = (told.requestBody?.content as Record<string, Json> | undefined)?.[
    'application/json'
  ];
  const body: Arbitrary<unknown> = content
    ? bodyOf(operation, content.schema, document, place)
    : fc.constant(undefined);
  return fc
    .record({
      params: fc.record(
        Object.fromEntries(names.map((name) => [name, idOf(operation.path, name, place)])),
      ),
      query: mostly(
        fc
          .tuple(
            fc.constantFrom(...examples),
            fc.record(queries, { requiredKeys: [] }),
            fc.boolean(),
          )
          .map(([{ query = {} }, more, plain]) => (plain ? query : { ...query, ...more })),
        fc.constantFrom<Record<string, unknown>>({ surplus: '1' }, {}),
      ),
      token: mostly(
        fc.constant(place.tokenOf[operation.example.as]),
        fc.constantFrom(...place.tokens),
      ),
      headers: HEADERS,
      body,
    })
    .map(({ params, query, token, headers, body: sent }) => ({
      path: operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
        const id = (params as Record<string, string>)[name] ?? '';
        return id.startsWith('%') ? id : encodeURIComponent(id);
      }),
      query: new URLSearchParams(
        Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
      ).toString(),
      sent: { token, headers, body: sent },
    }));
}

it('whatever is sent to any operation, the answer is none of ours to regret, and as the document says', async () => {
  await using server = await startServer(database);
  const call = restClient(server.url);
  const judge = openApiJudge();
  const quiet = await makePlace();
  const began = Date.now();
  let asked = 0;
  const seen = new Map<string, number>();
  const order = [...OPERATIONS].sort((a, b) => ROUGHNESS[a.method] - ROUGHNESS[b.method]);
  const answers = new Map<string, Set<number>>();
  for (const [index, operation] of order.entries()) {
    const isAnswer = operation.path.startsWith('/offers/');
    const place = isAnswer ? await withOffers(quiet, call) : quiet;
    const least = isAnswer ? ANSWERS_EACH : 1;
    const statuses = new Set<number>();
    answers.set(operation.id, statuses);
    const left = TIME_MS - (Date.now() - began);
    const until = Date.now() + left / (order.length - index);
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(asksOf(operation, judge.document, place), async ({ path, query, sent }) => {
        // Each is asked once, however slow the machine.
        if (runs >= least && Date.now() > until) return;
        runs += 1;
        asked += 1;
        const ofAsked = place.askedBy.get(path.split('/')[2] ?? '');
        const token =
          operation.id === 'logout'
            ? await tokenOf(db(), place.customer)
            : (sent.token === place.tokenOf.driver && ofAsked) || sent.token;
        const got = await call(operation.method.toUpperCase(), query ? `${path}?${query}` : path, {
          ...sent,
          headers: { 'idempotency-key': `fuzz-${asked}`, ...sent.headers },
          token: token ?? null,
        });
        const status = String(got.status);
        seen.set(status, (seen.get(status) ?? 0) + 1);
        statuses.add(got.status);
        expect(got.status, JSON.stringify(got.body)).toBeLessThan(500);
        expect(judge.complaint(operation, got)).toBeNull();
      }),
      { seed: SEED, numRuns: RUNS_EACH },
    );
  }
  expect(asked).toBeGreaterThanOrEqual(OPERATIONS.length);
  // They were reached, and not only refused.
  expect(answers.get('acceptOffer')).toContain(200);
  expect(answers.get('declineOffer')).toContain(200);
  console.info(
    `seed ${SEED}, ${Date.now() - began} ms, answers by status:`,
    Object.fromEntries(seen),
  );
  expect(server.errors).toEqual([]);
}, 120_000);
