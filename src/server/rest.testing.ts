import { eq } from 'drizzle-orm';
import {
  EXAMPLE_DOOR,
  EXAMPLE_DRIVER,
  EXAMPLE_IDS,
  EXAMPLE_PLACE,
  EXAMPLE_REFRESH_TOKEN,
} from '@/api/rest/examples';
import type { Example } from '@/api/rest/operation';
import type { Problem } from '@/api/rest/problem';
import type { Database } from '@/db/client';
import { deliveryOfOrder } from '@/db/queries/deliveries';
import { menuSections } from '@/db/schema';
import { makeDriver, makeTown } from '@/db/testing/town';
import { ensured } from '@/domain/errors';
import { destinationPoint } from '@/domain/geo';
import type { Viewer } from '@/domain/roles';
import type { Scope } from '@/domain/scopes';
import { makeApiKey } from '@/services/make-api-key';
import { issueRefreshToken } from '@/services/refresh-session';
import { contextOf, key, placeTestOrder } from '@/services/testing';
import { sessionOf, tokenOf } from './testing';

export type Sent = {
  token?: string | null;
  headers?: Record<string, string>;
  /** Sent as JSON; text as it is. */
  body?: unknown;
};

export type Got = { status: number; headers: Headers; body: unknown };

/** A client as anybody would write it. */
export function restClient(url: string) {
  return async (method: string, path: string, sent: Sent = {}): Promise<Got> => {
    const { token, body } = sent;
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...sent.headers,
      },
      body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? null : JSON.parse(text),
    };
  };
}

/** The problem in an answer that has to be one. */
export function problemIn({ headers, body }: Got): Problem {
  if (headers.get('content-type') !== 'application/problem+json') {
    throw new Error(`expected a problem, got ${JSON.stringify(body)}`);
  }
  return body as Problem;
}

/** A key of an admin's, or one that acts for somebody else. */
export async function keyOf(db: Database, admin: Viewer, scopes: Scope[], email?: string) {
  const made = await makeApiKey(contextOf(db, admin), { ...key(), name: 'Test', scopes, email });
  return { keyId: made.keyId, secret: ensured(made.secret, 'the secret of a fresh key') };
}

/** A town with somebody of each role who has a token, an order that was just placed, and a key. */
export async function makeRestWorld(db: Database) {
  const town = await makeTown(db);
  const driver = await makeDriver(db, town);
  const orderId = await placeTestOrder(db, town);
  const [section] = await db
    .select({ id: menuSections.id })
    .from(menuSections)
    .where(eq(menuSections.restaurantId, town.restaurantId));
  const { sessionId, token } = await sessionOf(db, town.customer);
  const clock = { db, now: () => new Date() };
  return {
    ...{ town, driver, orderId },
    sectionId: ensured(section, 'the section of a test town').id,
    key: await keyOf(db, town.admin, ['orders:read']),
    refreshToken: await issueRefreshToken(clock, sessionId),
    tokens: {
      customer: token,
      driver: await tokenOf(db, driver),
      admin: await tokenOf(db, town.admin),
    },
  };
}
export type RestWorld = Awaited<ReturnType<typeof makeRestWorld>>;

export async function deliveryIdOf(db: Database, orderId: string): Promise<string> {
  return ensured(await deliveryOfOrder(db, orderId), 'the delivery of an accepted order').id;
}

/** The example with what is real in the place of its ids, its place, its door and its token. */
export function realExample(
  example: Example,
  world: RestWorld,
  ids: Record<string, string> = {},
): Example {
  const { town, orderId, sectionId, refreshToken } = world;
  // Where `makeDriver` puts them.
  const at = destinationPoint(town.centre, 0, 300);
  const real: Record<string, string> = {
    [EXAMPLE_IDS.restaurant]: town.restaurantId,
    [EXAMPLE_IDS.section]: sectionId,
    [EXAMPLE_IDS.dish]: town.dishes.main,
    [EXAMPLE_IDS.option]: town.options.size.regular,
    [EXAMPLE_IDS.order]: orderId,
    [EXAMPLE_IDS.key]: world.key.keyId,
    [EXAMPLE_REFRESH_TOKEN]: refreshToken,
    [`${EXAMPLE_PLACE.lat}`]: `${town.centre.lat}`,
    [`${EXAMPLE_PLACE.lng}`]: `${town.centre.lng}`,
    [`${EXAMPLE_DOOR.lat}`]: `${town.centre.lat + 0.003}`,
    [`${EXAMPLE_DOOR.lng}`]: `${town.centre.lng}`,
    [`${EXAMPLE_DRIVER.lat}`]: `${at.lat}`,
    [`${EXAMPLE_DRIVER.lng}`]: `${at.lng}`,
    ...ids,
  };
  const text = Object.entries(real).reduce(
    (all, [shown, put]) => all.replaceAll(shown, put),
    JSON.stringify(example),
  );
  return JSON.parse(text) as Example;
}
