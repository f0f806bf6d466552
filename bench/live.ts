import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium, type Page } from '@playwright/test';
import postgres from 'postgres';
import { createHotfootClient, type HotfootClient } from '@/client/node';
import { migrate } from '@/db/migrate';
import { startPostgres } from '@/db/testing/real-postgres';
import { DEMO_PASSWORD, DEMO_SIGN_INS } from '@/domain/demo';
import { ensured } from '@/domain/errors';
import { seenOn } from '@/domain/hands-on';
import { seedDemoCity } from '@/server/demo-city';
import { loadCity } from '@/simulation/city';
import { newKey } from '@/trpc/idempotency';
import { findBrowser } from '../e2e/support/browser';
import { startServer } from '../e2e/support/start-server';
import { fillBoard } from './busy-board';
import { percentiles } from './percentiles';

/**
 * How fast a change reaches a browser: a real Chromium on the built app, a real PostgreSQL with fsync.
 * All processes share this machine's clock. Run: npm run bench:live
 */

const CHANGES = 300;
const IDLE_CHANGES = 40;
/** Enough that ten of them are above p99. */
const CHANGES_BESIDE = 1_000;
const ORDERS = 30;
const BETWEEN_OFFERS_MS = 1_000;
/** What others write meanwhile; `settleMs`: until all those orders, which came at once, have been looked at. */
const OTHERS = { perSecond: 1_000, together: 5, connections: 4, orders: 500, settleMs: 20_000 };

type Arrival = { receivedAt: number; paintedAt: number };

/** Waits in the page, without polling, for a frame with this text. */
const arrivalOf = (page: Page, text: string): Promise<Arrival> =>
  page.evaluate(
    (wanted) =>
      (window as unknown as { arrivalOf(text: string): Promise<Arrival> }).arrivalOf(wanted),
    text,
  );

const emailOf = (role: string) =>
  ensured(
    DEMO_SIGN_INS.find((one) => one.role === role),
    'a demo sign-in',
  ).email;

const wallClock = () => performance.timeOrigin + performance.now();

async function signedInPage(
  url: string,
  role: string,
  path: string,
  place: { latitude: number; longitude: number },
) {
  const browser = await chromium.launch({
    executablePath: findBrowser() ?? undefined,
    args: ['--no-sandbox', '--disable-background-networking', '--disable-gpu'],
  });
  const context = await browser.newContext({ geolocation: place, permissions: ['geolocation'] });
  const page = await context.newPage();
  await page.addInitScript({ path: 'bench/watch-frames.js' });
  await page.goto(`${url}/sign-in`, { waitUntil: 'networkidle' });
  await page.getByRole('button', { name: new RegExp(`^${role}`, 'i') }).click();
  await page.waitForURL((at) => !at.pathname.startsWith('/sign-in'));
  await page.goto(`${url}${path}`);
  return { page, close: () => browser.close() };
}

/** A cart that can be ordered again and again, with its total. */
async function fillCart(customer: HotfootClient) {
  const door = ensured(loadCity().addresses[400], 'an address');
  const { places } = await customer.api.restaurants.nearby.query({ ...door.point, openOnly: true });
  const [near] = places;
  const { restaurant } = ensured(near, 'a restaurant near by');
  const { menu } = await customer.api.restaurants.get.query({ slug: restaurant.slug });
  const dish = ensured(
    menu
      .flatMap(({ items }) => items)
      .find((item) => !item.soldOut && item.optionGroups.every(({ min }) => min === 0)),
    'a dish without choices',
  );
  const cart = {
    restaurantId: restaurant.id,
    lines: [{ itemId: dish.id, quantity: 4, optionIds: [], note: '' }],
    dropoff: door.point,
    tip: 0,
  };
  const { total } = await customer.api.orders.quote.query(cart);
  return {
    ...cart,
    dropoffAddress: `${door.number} ${door.street}`,
    dropoffNote: '',
    expectedTotal: total,
  };
}

/** Changes other people's orders until it is stopped; answers how many events a second. */
async function writeBeside(url: string): Promise<() => Promise<number>> {
  const { perSecond, together, connections, orders } = OTHERS;
  const one = postgres(url, { max: 1 });
  await fillBoard(one, { orders, drivers: 50 });
  // Somebody else's: nobody has hundreds of open orders on their own page.
  await one`SET session_replication_role = replica`;
  await one`
    WITH somebody AS (
      INSERT INTO users (email, name, role, password_hash)
      VALUES ('beside@hotfoot.test', 'Somebody else', 'customer', '-') RETURNING id)
    UPDATE orders SET customer_id = somebody.id FROM somebody
    WHERE orders.id IN (SELECT id FROM bench_orders)`;
  await one.end();
  const own = postgres(url, { max: connections });
  const ids = (await own<{ id: string }[]>`SELECT id FROM bench_orders`).map(({ id }) => id);
  const startedAt = performance.now();
  let written = 0;
  let over = false;
  const write = async () => {
    while (!over) {
      const due = ((performance.now() - startedAt) / 1_000) * perSecond;
      if (written + together > due) await wait(1);
      else {
        const some = ids.slice(written % orders, (written % orders) + together);
        written += together;
        await own`
          UPDATE orders SET dropoff_note = ${`${written}`}
          WHERE id = ANY(${some}::uuid[])`;
      }
    }
  };
  const writers = Array.from({ length: connections }, write);
  return async () => {
    over = true;
    await Promise.all(writers);
    const seconds = (performance.now() - startedAt) / 1_000;
    await own.end();
    return written / seconds;
  };
}

/** What is measured, one after the other; named as arguments, those alone. `beside` comes last: it fills the town. */
const PARTS = ['typed', 'offers', 'beside'] as const;
const asked = PARTS.filter((part) => process.argv.includes(part));

const database = await startPostgres({ durable: true });
await migrate(database.url);
await seedDemoCity(database.url);
const server = await startServer(
  database.url,
  randomBytes(33).toString('base64url'),
  mkdtempSync(join(tmpdir(), 'hotfoot-bench-')),
);
const sql = postgres(database.url, { max: 1 });
const credentials = (role: string) => ({
  url: server.url,
  email: emailOf(role),
  password: DEMO_PASSWORD,
});
const customer = await createHotfootClient(credentials('customer'));
const admin = await createHotfootClient(credentials('admin'));

/** A dispatcher has looked, and cancels. */
async function cancelByHand(orderId: string): Promise<void> {
  const { view } = await admin.api.orders.get.query({ orderId });
  const seenVersion = seenOn(view);
  const idempotencyKey = newKey();
  await admin.api.admin.cancel.mutate({ idempotencyKey, orderId, seenVersion, reason: 'other' });
}

const cart = await fillCart(customer);
const placeOrder = async () =>
  (await customer.api.orders.place.mutate({ ...cart, idempotencyKey: newKey() })).orderId;

const rows: Record<string, string>[] = [];
const place = { latitude: 37.9, longitude: -29.6 };

/** An order and its customer's page; changes are typed into the database, one after the other has been seen. */
async function openOrder() {
  const orderId = await placeOrder();
  const { page, close } = await signedInPage(server.url, 'customer', `/orders/${orderId}`, place);
  await page.getByText('Live', { exact: true }).waitFor();
  const type = async (title: string, changes: number, pauseMs: number) => {
    const frames: number[] = [];
    const paints: number[] = [];
    for (let n = 0; n < changes; n += 1) {
      await wait(pauseMs);
      const note = `note ${title} ${n}.`;
      await sql`UPDATE orders SET dropoff_note = ${note} WHERE id = ${orderId}`;
      const committedAt = wallClock();
      const arrival = await arrivalOf(page, note);
      frames.push(arrival.receivedAt - committedAt);
      paints.push(arrival.paintedAt - committedAt);
    }
    const what = `typed into the database, ${title}`;
    rows.push(percentiles(`${what}: commit → frame in the browser`, frames));
    rows.push(percentiles(`${what}: commit → painted`, paints));
  };
  const end = async () => {
    await close();
    await cancelByHand(orderId);
  };
  return { type, end };
}

/** Through the API: from the trigger's own clock, so the commit itself is inside. */
async function placeAndWatch(): Promise<void> {
  const through: number[] = [];
  const { page, close } = await signedInPage(server.url, 'customer', '/orders', place);
  await page.getByText('Live', { exact: true }).waitFor();
  for (let n = 0; n < ORDERS; n += 1) {
    const id = await placeOrder();
    const arrival = await arrivalOf(page, `"streamId":"${id}"`);
    const [event] = await sql<{ at: Date }[]>`
      SELECT at FROM events WHERE stream_id = ${id} ORDER BY version LIMIT 1`;
    through.push(arrival.receivedAt - ensured(event, 'the event').at.getTime());
    await cancelByHand(id);
  }
  rows.push(percentiles('placed through the API: written → frame in the browser', through));
  await close();
}

async function offer(): Promise<void> {
  const driver = await signedInPage(server.url, 'driver', '/driver', place);
  const duty = driver.page
    .getByRole('switch')
    .or(driver.page.getByRole('button', { name: /go online/i }));
  await duty.first().click();
  await arrivalOf(driver.page, 'driver.online');
  // The same driver once more as a program, to tell our time from the browser's.
  const program = await createHotfootClient(credentials('driver'));
  const offeredAt = new Map<string, number>();
  program.api.drivers.watch.subscribe(
    {},
    {
      onData: ({ data }) => {
        if (data.kind === 'event') offeredAt.set(data.event.streamId, wallClock());
      },
    },
  );
  const toProgram: number[] = [];
  const toFrame: number[] = [];
  const toPaint: number[] = [];
  for (let n = 0; n < ORDERS; n += 1) {
    // Drivers look at a quiet page before an offer comes, not at the one before.
    await wait(BETWEEN_OFFERS_MS);
    const sentAt = wallClock();
    const id = await placeOrder();
    const offer = await arrivalOf(driver.page, `"orderId":"${id}"`);
    toProgram.push(ensured(offeredAt.get(id), 'the offer at the program') - sentAt);
    toFrame.push(offer.receivedAt - sentAt);
    toPaint.push(offer.paintedAt - sentAt);
    await cancelByHand(id);
    await driver.page.getByRole('alert').getByRole('button', { name: 'OK' }).click();
  }
  await program.close();
  rows.push(percentiles('order sent → offer at a program on ws', toProgram));
  rows.push(percentiles('order sent → offer’s frame in the driver’s browser', toFrame));
  rows.push(percentiles('order sent → offer painted on the driver’s screen', toPaint));
  await driver.close();
}

const MEASURES: Record<(typeof PARTS)[number], () => Promise<void>> = {
  async typed() {
    const { type, end } = await openOrder();
    await type('log idle', IDLE_CHANGES, 1_500);
    await type('log busy', CHANGES, 5);
    await placeAndWatch();
    await end();
  },
  offers: offer,
  async beside() {
    const { type, end } = await openOrder();
    const stop = await writeBeside(database.url);
    await wait(OTHERS.settleMs);
    await type('others write', CHANGES_BESIDE, 20);
    console.log(`others wrote ${Math.round(await stop())} events a second`);
    await end();
  },
};

try {
  for (const part of asked.length > 0 ? asked : PARTS) await MEASURES[part]();
  console.table(rows);
} finally {
  await customer.close();
  await admin.close();
  await sql.end();
  await server.stop();
  await database.stop();
}
