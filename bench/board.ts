import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from '@playwright/test';
import postgres from 'postgres';
import { encodeToken } from '@/auth/token';
import { migrate } from '@/db/migrate';
import { startPostgres } from '@/db/testing/real-postgres';
import type { GeoPoint } from '@/domain/geo';
import { seedDemoCity } from '@/server/demo-city';
import { findBrowser } from '../e2e/support/browser';
import { startServer } from '../e2e/support/start-server';
import { BoardLife, fillBoard } from './busy-board';
import { percentiles } from './percentiles';
import { Device, type Tally } from './positions/device';

/**
 * The admin's board with 2,000 open orders and 1,000 moving drivers in a real Chromium (WebGL in software),
 * on the built app and a real PostgreSQL with fsync, while 500 events a second are committed: frames, long
 * tasks, and how old what is painted is. All processes share this machine. Run: npm run bench:board
 * With `--trace <file>`, the burst as Chromium's performance panel reads it: also what each task took of a core.
 */

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '2000' },
    drivers: { type: 'string', default: '1000' },
    rate: { type: 'string', default: '500' },
    seconds: { type: 'string', default: '20' },
    trace: { type: 'string' },
  },
});
const RATE = Number(values.rate);
const SECONDS = Number(values.seconds);
/** Events in one transaction: an order's step writes two to five. */
const TOGETHER = 5;
const FIX_EVERY_MS = 4_000;
const SLICES = 40;
const SETTLE_MS = 5_000;
const SECRET = randomBytes(33).toString('base64url');

type Batch = {
  events: number;
  oldest: number;
  newest: number;
  receivedAt: number;
  paintedAt: number;
};
type Seen = { gaps: number[]; tasks: number[]; batches: Batch[]; bytes: number };
type Watched = { watchBoard(): void; boardSeen(): Seen };

/** The drivers' devices, each of which tells a new place every few seconds. */
async function openDevices(sql: postgres.Sql, url: string): Promise<Device[]> {
  const rows = await sql<{ sid: string; sub: string; at: GeoPoint }[]>`
    WITH opened AS (
      INSERT INTO sessions (user_id, expires_at)
      SELECT id, now() + interval '1 day' FROM users WHERE email LIKE 'bench%' RETURNING id, user_id)
    SELECT opened.id AS sid, user_id AS sub,
      json_build_object('lat', ST_Y(location::geometry), 'lng', ST_X(location::geometry)) AS at
    FROM opened JOIN driver_positions ON driver_id = user_id`;
  const tally: Tally = { answered: 0, dropped: 0, latencies: [] };
  const devices: Device[] = [];
  for (const { sid, sub, at } of rows) {
    const token = await encodeToken({ sid, sub }, SECRET, 86_400);
    const device = await Device.open(Number(new URL(url).port), token, at, tally);
    // Who says nothing for five seconds is shown out.
    device.start(1);
    device.stop();
    devices.push(device);
  }
  return devices;
}

/** A slice of the devices at a time, so that positions come evenly. */
function keepMoving(devices: readonly Device[]): NodeJS.Timeout {
  let slice = 0;
  return setInterval(() => {
    for (let n = slice % SLICES; n < devices.length; n += SLICES) {
      const device = devices[n];
      device?.start(1);
      device?.stop();
    }
    slice += 1;
  }, FIX_EVERY_MS / SLICES);
}

/** Commits events at the wanted rate, whatever each commit takes; how many were committed. */
async function live(life: BoardLife, seconds: number): Promise<number> {
  const startedAt = performance.now();
  let committed = 0;
  let failed = 0;
  const under = new Set<Promise<void>>();
  while (performance.now() - startedAt < seconds * 1_000) {
    const due = ((performance.now() - startedAt) / 1_000) * RATE;
    while (committed + under.size * TOGETHER < due && under.size < 4) {
      const one = life
        .change(TOGETHER)
        .then(() => {
          committed += TOGETHER;
        })
        .catch(() => {
          failed += 1;
        })
        .finally(() => under.delete(one));
      under.add(one);
    }
    await (under.size < 4 ? wait(4) : Promise.race(under));
  }
  await Promise.all(under);
  if (failed > 0) console.log(`${failed} transactions failed`);
  return committed;
}

async function openBoard(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({
    serviceWorkers: 'block',
    viewport: { width: 1440, height: 900 },
    baseURL: url,
  });
  const page = await context.newPage();
  await page.addInitScript({ path: 'bench/watch-board.js' });
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Admin', exact: true }).click();
  await page.waitForURL(({ pathname }) => pathname !== '/sign-in');
  const startedAt = performance.now();
  await page.goto('/admin');
  await page.locator('[data-order]').first().waitFor();
  const drawnMs = performance.now() - startedAt;
  await page.getByText('Live', { exact: true }).waitFor();
  const liveMs = performance.now() - startedAt;
  const [document] = await page.evaluate(() =>
    performance
      .getEntriesByType('navigation')
      .map((entry) => entry as PerformanceNavigationTiming)
      .map(({ decodedBodySize, transferSize, responseStart, responseEnd }) => ({
        decodedBodySize,
        transferSize,
        responseStart,
        responseEnd,
      })),
  );
  console.table([
    {
      'page with the snapshot': `${((document?.decodedBodySize ?? 0) / 1e6).toFixed(2)} MB`,
      'over the wire': `${((document?.transferSize ?? 0) / 1e3).toFixed(0)} KB`,
      'first byte': `${Math.round(document?.responseStart ?? 0)} ms`,
      'last byte': `${Math.round(document?.responseEnd ?? 0)} ms`,
      'cards in the page': `${Math.round(drawnMs)} ms`,
      live: `${Math.round(liveMs)} ms`,
    },
  ]);
  return page;
}

const watched = (page: Page) => page.evaluate(() => (window as unknown as Watched).watchBoard());
const seenBy = (page: Page): Promise<Seen> =>
  page.evaluate(() => (window as unknown as Watched).boardSeen());

function report(title: string, seen: Seen, seconds: number): void {
  const painted = seen.batches.filter(({ paintedAt }) => paintedAt > 0);
  const events = seen.batches.reduce((sum, batch) => sum + batch.events, 0);
  console.log(`\n${title}`);
  console.table([
    {
      'events a second': Math.round(events / seconds),
      'messages a second': Math.round(seen.batches.length / seconds),
      'KB a second': Math.round(seen.bytes / seconds / 1e3),
      frames: seen.gaps.length,
      'frames over 50 ms': seen.gaps.filter((gap) => gap > 50).length,
      'frames over 100 ms': seen.gaps.filter((gap) => gap > 100).length,
      'long tasks': seen.tasks.length,
      'longest task': `${Math.round(Math.max(0, ...seen.tasks))} ms`,
    },
  ]);
  console.table([
    percentiles('from frame to frame', seen.gaps),
    percentiles(
      'first event of a message, written → painted',
      painted.map(({ oldest, paintedAt }) => paintedAt - oldest),
    ),
    percentiles(
      'last event of a message, written → painted',
      painted.map(({ newest, paintedAt }) => paintedAt - newest),
    ),
  ]);
}

const database = await startPostgres({ durable: true });
await migrate(database.url);
await seedDemoCity(database.url);
const sql = postgres(database.url, { max: 4 });
const filling = postgres(database.url, { max: 1 });
await fillBoard(filling, { orders: Number(values.orders), drivers: Number(values.drivers) });
await filling.end();
const server = await startServer(
  database.url,
  SECRET,
  mkdtempSync(join(tmpdir(), 'hotfoot-bench-')),
);
const browser = await chromium.launch({
  executablePath: findBrowser() ?? undefined,
  args: [
    '--no-sandbox',
    '--disable-background-networking',
    // As the browser tests: pages are painted by the processor, the map by SwiftShader.
    '--disable-gpu',
    '--enable-unsafe-swiftshader',
  ],
});
console.log(
  `PostgreSQL ${database.version} with fsync, ${browser.version()} headless at 1440 × 900, Node ${process.version}, ` +
    `${cpus().length} cores for all of it, load ${loadavg()[0]?.toFixed(1)} before it began`,
);
const devices = await openDevices(sql, server.url);
const moving = keepMoving(devices);
try {
  const page = await openBoard(browser, server.url);
  const life = new BoardLife(sql);
  await life.start();
  await wait(SETTLE_MS);
  await watched(page);
  await wait(SETTLE_MS);
  report('drivers move, nothing else happens', await seenBy(page), SETTLE_MS / 1_000);
  await watched(page);
  if (values.trace) {
    const categories = ['devtools.timeline', 'toplevel', 'v8'];
    await browser.startTracing(page, { path: values.trace, categories });
  }
  const committed = await live(life, SECONDS);
  const seen = await seenBy(page);
  if (values.trace) await browser.stopTracing();
  report(
    `${Math.round(committed / SECONDS)} events a second committed for ${SECONDS} s`,
    seen,
    SECONDS,
  );
  console.log(`load ${loadavg()[0]?.toFixed(1)} at the end`);
} finally {
  clearInterval(moving);
  for (const device of devices) device.close();
  await browser.close();
  await sql.end();
  await server.stop();
  await database.stop();
}
