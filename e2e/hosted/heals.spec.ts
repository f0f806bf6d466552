import { expect, test } from '../support/people';
import { readRun } from '../support/run';
import { orderFrom, orderIdOf } from '../support/steps';

test('a page that is cut off says so, and heals by itself', async ({ customer, sql }) => {
  await orderFrom(customer, 'Stack Yard', 'Double stack');
  const orderId = orderIdOf(customer);
  await expect(customer.getByText('Live', { exact: true })).toBeVisible();

  await customer.context().setOffline(true);
  await expect(customer.getByText(/^Stale since \d\d:\d\d:\d\d/)).toBeVisible({ timeout: 40_000 });
  await sql`UPDATE orders SET status = 'preparing' WHERE id = ${orderId} AND status = 'accepted'`;
  await sql`UPDATE orders SET status = 'ready' WHERE id = ${orderId}`;
  await customer.context().setOffline(false);

  await expect(customer.getByText('Live', { exact: true })).toBeVisible({ timeout: 40_000 });
  await expect(customer.getByText('Ready at Stack Yard', { exact: true })).toBeVisible();
});

test('a page outlives a restart of the channels', async ({ customer, sql }) => {
  await orderFrom(customer, 'Stack Yard', 'Double stack');
  const orderId = orderIdOf(customer);
  await expect(customer.getByText('Live', { exact: true })).toBeVisible();
  const again = customer.waitForEvent('websocket');
  await fetch(`${readRun().pusherOrigin}/cut`, { method: 'POST' });
  await again;
  await sql`UPDATE orders SET status = 'preparing' WHERE id = ${orderId} AND status = 'accepted'`;
  await sql`UPDATE orders SET status = 'ready' WHERE id = ${orderId}`;
  await expect(customer.getByText('Ready at Stack Yard', { exact: true })).toBeVisible();
  await expect(customer.getByText('Live', { exact: true })).toBeVisible();
});

test('the cron route is for who has the secret, and may be called twice at once', async () => {
  const { url, cronSecret } = readRun();
  const tick = (secret: string) =>
    fetch(`${url}/api/cron/tick`, { headers: { authorization: `Bearer ${secret}` } });
  expect((await tick('a wrong secret')).status).toBe(401);
  const both = await Promise.all([tick(cronSecret ?? ''), tick(cronSecret ?? '')]);
  for (const response of both) {
    expect(response.status).toBe(200);
    const { rounds } = await response.json();
    expect(rounds.map(({ name }: { name: string }) => name)).toContain('dispatch');
  }
});

test('a channel is opened to whom it is for', async ({ customer, sql }) => {
  const [people] = await sql<{ customer: string; driver: string }[]>`
    SELECT (SELECT id FROM users WHERE email = 'customer@hotfoot.test') AS customer,
      (SELECT id FROM users WHERE email = 'driver@hotfoot.test') AS driver`;
  const ask = async (channel: string) => {
    const form = { socket_id: '1.1', channel_name: channel };
    return (await customer.request.post('/api/pusher/auth', { form })).status();
  };
  expect(await ask(`private-customer-${people?.customer}`)).toBe(200);
  expect(await ask(`private-driver-${people?.driver}`)).toBe(403);
  expect(await ask('private-admin')).toBe(403);
});
