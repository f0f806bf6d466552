import { expect, it } from 'vitest';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown } from '@/db/testing/town';
import { CART_TOTAL, cartOf } from '@/services/testing';
import { restClient } from './rest.testing';
import { startServer, tokenOf } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

it('smoke', async () => {
  await using server = await startServer(database);
  const call = restClient(server.url);
  const town = await makeTown(db());
  const token = await tokenOf(db(), town.customer);
  const body = { ...cartOf(town), dropoffAddress: '2 Side Street', expectedTotal: CART_TOTAL };
  const a = await call('POST', '/orders', { token, body, headers: { 'idempotency-key': 'abc' } });
  console.log(a.status, [...a.headers], a.body, server.errors);
  const b = await call('GET', '/orders', { token });
  console.log(b.status, b.body.orders.length);
  console.log(
    (await call('GET', `/restaurants?lat=${town.centre.lat}&lng=${town.centre.lng}&radius=1000`))
      .body,
  );
  console.log((await call('GET', `/events`, { token: await tokenOf(db(), town.admin) })).body);
  for (const p of ['/api', '/api-json', '/api/docs/swagger-ui.css']) {
    const r = await fetch(server.url + p);
    console.log(p, r.status, r.headers.get('content-type'), (await r.text()).length);
  }
  console.log(server.errors);
});
