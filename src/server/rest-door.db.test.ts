import { describe, expect, it } from 'vitest';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown } from '@/db/testing/town';
import { key } from '@/services/testing';
import { makeRestWorld, problemIn, restClient, type Sent } from './rest.testing';
import { startServer } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

const json = { 'content-type': 'application/json' };

describe('what is sent to POST /quotes and is', () => {
  it.each<[string, Sent, number, string]>([
    ['no JSON', { body: '{"restaurantId":', headers: json }, 400, 'json_malformed'],
    ['not UTF-8 text', { body: '"\\ud800"', headers: json }, 400, 'json_malformed'],
    ['empty', { body: '', headers: json }, 400, 'json_malformed'],
    ['something else than an object', { body: [] }, 400, 'input_invalid'],
    ['of another type', { body: '{}', headers: { 'content-type': 'text/xml' } }, 415, 'not_json'],
    ['longer than 64 KB', { body: { note: 'x'.repeat(65 * 1_024) } }, 413, 'body_too_large'],
  ])('%s is refused', async (_, sent, status, reason) => {
    await using server = await startServer(database);
    expect(problemIn(await restClient(server.url)('POST', '/quotes', sent))).toMatchObject({
      ...{ status, reason, instance: '/api/v1/quotes' },
    });
    expect(server.errors).toEqual([]);
  });

  it('of the wrong type, or unknown, is named field by field, however deep it lies', async () => {
    await using server = await startServer(database);
    const town = await makeTown(db());
    const got = await restClient(server.url)('POST', '/quotes', {
      body: {
        restaurantId: town.restaurantId,
        lines: [{ itemId: town.dishes.side, quantity: '2', colour: 'red' }],
        dropoff: { ...town.centre, alt: 3 },
        surprise: true,
      },
    });
    const { fields } = problemIn(got);
    expect(fields?.map(({ field }) => field).sort()).toEqual([
      'dropoff.alt',
      'lines.0.colour',
      'lines.0.quantity',
      'surprise',
    ]);
  });
});

it('a query with a number that is none, twice the same, or unknown is refused', async () => {
  await using server = await startServer(database);
  const call = restClient(server.url);
  for (const query of ['lat=x&lng=1', 'lat=&lng=1', 'lat=1&lat=2&lng=1', 'lat=1&lng=1&huh=1']) {
    expect(problemIn(await call('GET', `/restaurants?${query}`)).status, query).toBe(400);
  }
});

it('unknown addresses, ids and methods are told apart', async () => {
  await using server = await startServer(database);
  const call = restClient(server.url);
  const { tokens } = await makeRestWorld(db());
  expect(problemIn(await call('GET', '/nothing')).status).toBe(404);
  const token = tokens.admin;
  for (const id of ['1', '%00', '%E0%A4%A', key().idempotencyKey]) {
    expect(problemIn(await call('GET', `/orders/${id}`, { token })).status, id).toBe(404);
  }
  const wrong = await call('DELETE', '/orders', { token });
  expect(problemIn(wrong).status).toBe(405);
  expect(wrong.headers.get('allow')).toBe('POST, GET');
});

it('each answer names its request and how much may still be asked', async () => {
  await using server = await startServer(database);
  const call = restClient(server.url);
  const { tokens } = await makeRestWorld(db());
  const got = await call('GET', '/orders', {
    token: tokens.customer,
    headers: { 'x-request-id': 'mine-1' },
  });
  expect(got.headers.get('x-request-id')).toBe('mine-1');
  expect(Number(got.headers.get('ratelimit-limit'))).toBeGreaterThan(100);
  const left = Number(got.headers.get('ratelimit-remaining'));
  expect(left).toBeLessThan(Number(got.headers.get('ratelimit-limit')));
  const problem = problemIn(await call('GET', '/events', { headers: { 'x-request-id': '<b>' } }));
  expect(problem.requestId).toMatch(/^[0-9a-f-]{36}$/);
});

describe('the documentation', () => {
  it.each(['/api', '/api/docs'])('stands at %s and takes nothing from elsewhere', async (path) => {
    await using server = await startServer(database);
    const page = await fetch(`${server.url}${path}`);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await page.text();
    expect(html).not.toMatch(/https?:\/\//);
    const parts = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, at]) => at);
    expect(parts.length).toBeGreaterThan(3);
    for (const part of parts) expect((await fetch(`${server.url}${part}`)).status, part).toBe(200);
    expect((await fetch(`${server.url}/api/docs/package.json`)).status).toBe(404);
  });

  it.each(['/api/openapi.json', '/api-json'])('has its document at %s', async (path) => {
    await using server = await startServer(database);
    const document = await (await fetch(`${server.url}${path}`)).json();
    expect(document).toMatchObject({ openapi: '3.1.0', servers: [{ url: '/api/v1' }] });
  });
});
