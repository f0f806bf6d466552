import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown } from '@/db/testing/town';
import { placeTestOrder } from '@/services/testing';
import { connectClient, startServer, tokenOf } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

const METRICS_TOKEN = 'a-token-for-monitors';

/** The metrics by name and labels. */
async function scrape(url: string): Promise<Map<string, number>> {
  const answer = await fetch(`${url}/metrics`);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const lines = (await answer.text()).split('\n').filter((line) => line && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}

it('tells monitors what waits, what was asked, and what has happened', async () => {
  await using server = await startServer(database);
  const town = await makeTown(db());
  await using customer = connectClient(server.url, await tokenOf(db(), town.customer));
  await customer.api.auth.me.query();
  await placeTestOrder(db(), town);
  await expect
    .poll(async () => (await scrape(server.url)).get('hotfoot_events_total{type="order.placed"}'))
    .toBe(1);
  const metrics = await scrape(server.url);
  expect(metrics.get('hotfoot_database_up')).toBe(1);
  expect(metrics.get('hotfoot_orders_open{status="placed"}')).toBe(1);
  expect(metrics.get('hotfoot_searches_due')).toBe(0);
  expect(metrics.get('hotfoot_http_request_seconds_count{what="auth.me",status="2xx"}')).toBe(1);
  expect(metrics.get('hotfoot_loop_seconds_since_round{loop="dispatch"}')).toBeLessThan(10);
  expect(metrics.get('hotfoot_event_lag_seconds_count')).toBeGreaterThan(0);
  await db().execute(sql`UPDATE orders SET status = 'expired'`);
  expect((await scrape(server.url)).has('hotfoot_orders_open{status="placed"}')).toBe(false);
});

it('makes no series of what strangers ask for', async () => {
  await using server = await startServer(database);
  for (const path of ['/api/trpc/no.such', '/api/trpc/auth.me,auth.me?batch=1', '/wp-login.php']) {
    await fetch(`${server.url}${path}`);
  }
  const asked = [...(await scrape(server.url)).keys()].flatMap(
    (name) => /^hotfoot_http_request_seconds_count\{what="(.*?)"/.exec(name)?.[1] ?? [],
  );
  expect(asked.sort()).toEqual(['batch', 'pages', 'unknown']);
});

it('shows metrics to this machine, or to whoever has the token', async () => {
  await using local = await startServer(database);
  await using guarded = await startServer(database, { metricsToken: METRICS_TOKEN });
  const status = (url: string, headers: Record<string, string> = {}) =>
    new Promise<number>((resolve, reject) => {
      request(`${url}/metrics`, { headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });
  expect(await status(local.url)).toBe(200);
  expect(await status(local.url, { 'x-forwarded-for': '203.0.113.5' })).toBe(403);
  expect(await status(guarded.url)).toBe(403);
  expect(await status(guarded.url, { authorization: 'Bearer wrong' })).toBe(403);
  expect(await status(guarded.url, { authorization: `Bearer ${METRICS_TOKEN}` })).toBe(200);
});

it('is ready while its database and its tail are well', async () => {
  await using server = await startServer(database);
  expect((await fetch(`${server.url}/ready`)).status).toBe(200);
});

it('has every metric that alerts and the board of Grafana ask for, and a way out of each alert', async () => {
  await using server = await startServer(database);
  const known = await (await fetch(`${server.url}/metrics`)).text();
  const alerts = readFileSync('deploy/alerts.yaml', 'utf8');
  const asked = (alerts + readFileSync('deploy/grafana.json', 'utf8')).match(
    /\b(hotfoot|nodejs|process)_[a-z0-9_]+/g,
  );
  const names = new Set(asked?.map((name) => name.replace(/_(bucket|count|sum)$/, '')));
  expect(names.size).toBeGreaterThan(15);
  for (const name of names) expect(known).toContain(`# TYPE ${name} `);
  const runbook = readFileSync('docs/runbook.md', 'utf8');
  const alertNames = [...alerts.matchAll(/alert: (\w+)/g)].map(([, name]) => name);
  expect([...runbook.matchAll(/^## (\w+)$/gm)].map(([, name]) => name)).toEqual(alertNames);
});

it('has a runbook whose questions the database understands', async () => {
  const runbook = readFileSync('docs/runbook.md', 'utf8');
  const statements = [...runbook.matchAll(/```sql\n([\s\S]*?)```/g)]
    .flatMap(([, block = '']) => block.split(';'))
    .filter((statement) => /^\s*SELECT[\s\S]*FROM/.test(statement));
  expect(statements.length).toBeGreaterThan(4);
  for (const statement of statements) await db().execute(sql.raw(statement));
});
