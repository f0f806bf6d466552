import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import postgres from 'postgres';
import { encodeToken } from '@/auth/token';
import { readRun } from './run';

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1440, height: 900 };

export type Place = { latitude: number; longitude: number };
/** The middle of the demo city. */
export const TOWN: Place = { latitude: 37.9, longitude: -29.6 };

/** The tablet at a pass. */
export const TABLET = { width: 1024, height: 768 };

type Account = 'Customer' | 'Driver' | 'Admin' | 'Kitchen';

const SESSION_COOKIE = 'next-auth.session-token';
const A_DAY_S = 86_400;

/** Signed in as the page would do it: a session in the database, its token in the cookie. */
async function signIn(context: BrowserContext, sql: postgres.Sql, account: Account): Promise<void> {
  const { url, secret } = readRun();
  const [session] = await sql`
    INSERT INTO sessions (id, user_id, expires_at)
    SELECT gen_random_uuid(), id, now() + interval '1 day' FROM users
    WHERE email = ${`${account.toLowerCase()}@hotfoot.test`}
    RETURNING id, user_id`;
  const value = await encodeToken({ sid: session?.id, sub: session?.user_id }, secret, A_DAY_S);
  await context.addCookies([{ name: SESSION_COOKIE, value, url }]);
}

/** What pages complained of in this test: what their policy does not let them do, a text that did not come along. */
const complaints: string[] = [];

function watchConsole(context: BrowserContext): void {
  context.on('console', (message) => {
    if (/Content Security Policy|MISSING_MESSAGE/.test(message.text()))
      complaints.push(message.text().slice(-300));
  });
}

/** What React streams in after the shell lies hidden at the end of the page until it is moved into place. */
const STREAMED = 'div[hidden][id^="S:"]';

/** Going somewhere ends when all of the page is in its place, so that nothing on it is there twice. */
function awaitStreams(context: BrowserContext): void {
  context.on('page', (page) => {
    const goto = page.goto.bind(page);
    page.goto = async (...address) => {
      const response = await goto(...address);
      await expect(page.locator(STREAMED)).toHaveCount(0);
      return response;
    };
  });
}

type People = {
  /** No page does what its policy forbids, or lacks a text. */
  sound: undefined;
  /** The database behind the server, as `psql` would see it. */
  sql: postgres.Sql;
  customer: Page;
  driver: Page;
  admin: Page;
  kitchen: Page;
};

/** People, each signed in, in a browser of their own. */
export const test = base.extend<People>({
  sound: [
    async ({ browserName: _ }, use) => {
      complaints.length = 0;
      await use(undefined);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
  context: async ({ context }, use) => {
    watchConsole(context);
    awaitStreams(context);
    await use(context);
  },
  baseURL: async ({ browserName: _ }, use) => {
    await use(readRun().url);
  },
  sql: [
    async ({ browserName: _ }, use) => {
      const sql = postgres(readRun().databaseUrl, { max: 1 });
      await use(sql);
      await calmDown(sql);
      await sql.end();
    },
    { auto: true },
  ],
  customer: async ({ browser, baseURL, sql }, use) => {
    const context = await browser.newContext({
      baseURL,
      viewport: PHONE,
      isMobile: true,
      hasTouch: true,
    });
    await use(await personIn(context, sql, 'Customer'));
    await context.close();
  },
  driver: async ({ browser, baseURL, sql }, use) => {
    const context = await browser.newContext({
      baseURL,
      viewport: PHONE,
      isMobile: true,
      hasTouch: true,
      geolocation: TOWN,
      permissions: ['geolocation'],
    });
    const page = await personIn(context, sql, 'Driver');
    await use(page);
    await context.close();
  },
  admin: async ({ browser, baseURL, sql }, use) => {
    const context = await browser.newContext({ baseURL, viewport: DESK });
    await use(await personIn(context, sql, 'Admin'));
    await context.close();
  },
  kitchen: async ({ browser, baseURL, sql }, use) => {
    const context = await browser.newContext({ baseURL, viewport: TABLET, hasTouch: true });
    await use(await personIn(context, sql, 'Kitchen'));
    await context.close();
  },
});

/** Leaves the city as a test found it, however the test ended: nothing open, nobody online. */
async function calmDown(sql: postgres.Sql): Promise<void> {
  await sql`UPDATE offers SET status = 'withdrawn' WHERE status = 'pending'`;
  await sql`UPDATE orders SET status = 'cancelled', reason = 'other'
    WHERE status IN ('placed', 'accepted', 'preparing', 'ready')`;
  await sql`UPDATE deliveries SET status = 'cancelled'
    WHERE status IN ('unassigned', 'offering', 'no_driver', 'assigned', 'at_pickup')`;
  await sql`UPDATE deliveries SET status = 'failed' WHERE status IN ('picked_up', 'at_dropoff')`;
  await sql`UPDATE deliveries SET status = 'returning' WHERE status = 'failed'`;
  await sql`UPDATE deliveries SET status = 'returned' WHERE status = 'returning'`;
  await sql`UPDATE drivers SET online = false, online_since = NULL, vehicle = 'bike', capacity = 1`;
  await sql`UPDATE zones SET dispatch_policy = '{}'`;
  await sql`UPDATE must_sees SET state = 'settled', closed_at = now() WHERE state = 'open'`;
}

export async function personIn(
  context: BrowserContext,
  sql: postgres.Sql,
  account: Account,
): Promise<Page> {
  watchConsole(context);
  awaitStreams(context);
  await signIn(context, sql, account);
  return context.newPage();
}

export { expect };
