import { makePng } from '@/domain/picture.testing';
import { expect, test } from '../support/people';

test('photos of restaurants lie in the database, and everybody sees them', async ({
  admin,
  customer,
  sql,
}) => {
  const [{ id, version } = { id: '', version: 0 }] = await sql<{ id: string; version: number }[]>`
    SELECT id, version FROM restaurants WHERE archived_at IS NULL ORDER BY name LIMIT 1`;
  const headers = { 'content-type': 'image/png' };
  const query = `of=restaurant&id=${id}&version=${version}`;
  const data = Buffer.from(makePng(320, 240));
  const sent = await admin.request.post(`/api/photos?${query}`, { headers, data });
  expect(sent.status()).toBe(201);
  const { photoId } = await sent.json();
  const shown = await customer.request.get(`/api/photos/${photoId}`);
  expect([shown.status(), shown.headers()['content-type']]).toEqual([200, 'image/png']);
  expect(await shown.body()).toEqual(data);
  const others = await customer.request.post(`/api/photos?${query}`, { headers, data });
  expect(others.status()).toBe(403);
  const taken = await customer.request.put('/api/photos', { data: '' });
  expect(taken.status()).toBe(405);
});

test('monitors are answered, and so are card providers', async ({ request }) => {
  for (const path of ['/health', '/ready']) {
    const answer = await request.get(path);
    expect(answer.status()).toBe(200);
    expect(await answer.json()).toMatchObject({ status: 'ok', database: { ok: true } });
  }
  // Cards are off here.
  const webhook = await request.post('/api/webhooks/payments/sandbox', { data: '{}' });
  expect(webhook.status()).toBe(404);
  expect(await webhook.json()).toMatchObject({ reason: 'provider_not_found' });
});
