import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import postgres from 'postgres';
import { readRun } from './run';

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1440, height: 900 };

export type Place = { latitude: number; longitude: number };
/** The middle of the demo city. */
export const TOWN: Place = { latitude: 37.9, longitude: -29.6 };

type Account = 'Customer' | 'Driver' | 'Admin';

async function signInByOneClick(page: Page, account: Account): Promise<void> {
  await page.goto('/sign-in');
  await page.getByRole('button', { name: account, exact: true }).click();
  await page.waitForURL(({ pathname }) => pathname !== '/sign-in');
}

type People = {
  /** The database behind the server, as `psql` would see it. */
  sql: postgres.Sql;
  customer: Page;
  driver: Page;
  admin: Page;
};

/** Three people, each in a browser of their own, signed in with one click. */
export const test = base.extend<People>({
  baseURL: async ({ browserName: _ }, use) => {
    await use(readRun().url);
  },
  sql: async ({ browserName: _ }, use) => {
    const sql = postgres(readRun().databaseUrl, { max: 1 });
    await use(sql);
    await sql.end();
  },
  customer: async ({ browser, baseURL }, use) => {
    const context = await browser.newContext({
      baseURL,
      viewport: PHONE,
      isMobile: true,
      hasTouch: true,
    });
    await use(await personIn(context, 'Customer'));
    await context.close();
  },
  driver: async ({ browser, baseURL }, use) => {
    const context = await browser.newContext({
      baseURL,
      viewport: PHONE,
      isMobile: true,
      hasTouch: true,
      geolocation: TOWN,
      permissions: ['geolocation'],
    });
    const page = await personIn(context, 'Driver');
    await use(page);
    await context.close();
  },
  admin: async ({ browser, baseURL }, use) => {
    const context = await browser.newContext({ baseURL, viewport: DESK });
    await use(await personIn(context, 'Admin'));
    await context.close();
  },
});

async function personIn(context: BrowserContext, account: Account): Promise<Page> {
  const page = await context.newPage();
  await signInByOneClick(page, account);
  return page;
}

export { expect };
