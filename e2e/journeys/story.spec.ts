import type { Sql } from 'postgres';
import { expect, TOWN, test } from '../support/people';
import { orderFrom, orderIdOf, orderNumberOf } from '../support/steps';

/** Somebody with `psql` carries the order to its door. */
async function deliverByHand(sql: Sql, orderId: string): Promise<void> {
  const preparing = async () =>
    (await sql`SELECT FROM orders WHERE id = ${orderId} AND status = 'preparing'`).count;
  await expect.poll(preparing).toBe(1);
  const [dana] = await sql<{ user_id: string }[]>`
    SELECT user_id FROM drivers JOIN users ON users.id = user_id WHERE name = 'Dana Swift'`;
  const driverId = dana?.user_id ?? '';
  await sql`UPDATE deliveries SET status = 'assigned', driver_id = ${driverId}
    WHERE order_id = ${orderId}`;
  await sql`INSERT INTO breadcrumbs (driver_id, recorded_at, location)
    SELECT ${driverId}, now() + n * interval '100 ms',
      ST_MakePoint(${TOWN.longitude}, ${TOWN.latitude} + n * 0.002)::geography
    FROM generate_series(0, 2) n`;
  // The way is ridden before the next step is taken: a way of which each point stands alone is none.
  const ridden = async () =>
    (
      await sql`SELECT FROM breadcrumbs WHERE driver_id = ${driverId}
      HAVING max(recorded_at) < clock_timestamp()`
    ).count;
  await expect.poll(ridden).toBe(1);
  for (const status of ['at_pickup', 'picked_up', 'at_dropoff', 'delivered']) {
    await sql`UPDATE deliveries SET status = ${status} WHERE order_id = ${orderId}`;
  }
  await sql`UPDATE orders SET status = 'ready' WHERE id = ${orderId}`;
  await sql`UPDATE orders SET status = 'completed' WHERE id = ${orderId}`;
}

test('an order’s story is told on one page, and shows what everybody saw at any moment of it', async ({
  customer,
  admin,
  browser,
  baseURL,
  sql,
}) => {
  await orderFrom(customer, 'Stack Yard', 'Double stack');
  const orderId = orderIdOf(customer);
  const number = (await orderNumberOf(customer)).slice(1);
  await admin.goto(`/admin/orders/${orderId}`);
  await expect(admin.getByRole('heading', { level: 1 })).toHaveText(`Story of #${number}`);
  const timeline = admin.getByRole('region', { name: 'Timeline' });
  await expect(timeline.getByText('Ordered', { exact: true })).toBeVisible();
  await deliverByHand(sql, orderId);
  const [assigned] = await sql<{ version: number }[]>`
    SELECT version FROM events WHERE stream_id = ${orderId} AND type = 'delivery.assigned'`;
  const version = assigned?.version ?? 0;
  const slider = admin.getByRole('slider', { name: 'Event' });
  const page = admin.getByRole('region', { name: 'Customer’s page' });
  const screen = admin.getByRole('region', { name: 'Driver’s screen' });

  await test.step('it goes on by itself, and says who typed into the database', async () => {
    await expect(timeline.getByText('Delivered', { exact: true })).toBeVisible();
    const line = timeline.getByRole('button').filter({ hasText: 'Driver assigned' });
    await expect(line).toContainText('by hand in the database');
    await expect(line).toContainText('psql');
    await expect(timeline.getByText(/^Dana Swift (rode|stood)/).first()).toBeVisible();
  });

  await test.step('before the assignment the customer sees no courier, after it they do', async () => {
    await slider.fill(String(version - 1));
    await expect(page).toContainText('Not visible');
    await expect(screen).toContainText('No driver had been asked.');
    await slider.press('ArrowRight');
    await expect(page).toContainText('Dana, visible');
    await expect(screen).toContainText('Dana Swift');
    await expect(screen).toContainText('Stack Yard');
    await slider.press('ArrowLeft');
    await expect(page).toContainText('Not visible');
  });

  await test.step('a colleague follows the link to the same moment', async () => {
    await admin.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await admin.getByRole('button', { name: 'Copy link to this moment' }).click();
    await expect(admin.getByText('Link copied')).toBeVisible();
    const link = await admin.evaluate(() => navigator.clipboard.readText());
    const storageState = await admin.context().storageState();
    const context = await browser.newContext({ baseURL, storageState });
    const colleague = await context.newPage();
    await colleague.goto(link);
    await expect(colleague.getByRole('slider', { name: 'Event' })).toHaveValue(String(version - 1));
    await expect(colleague.getByRole('region', { name: 'Customer’s page' })).toContainText(
      'Not visible',
    );
    await context.close();
  });

  await test.step('the log has it too, with filters and live, and leads back to the moment', async () => {
    await admin.getByRole('link', { name: 'In the log' }).click();
    const log = admin.getByRole('list', { name: 'Events' });
    await expect(log.getByText('order.placed')).toBeVisible();
    await admin.getByLabel('Source').selectOption('psql');
    await expect(log.getByText('order.placed')).toBeHidden();
    await expect(log.getByText('delivery.delivered')).toBeVisible();
    await expect(admin.getByRole('status').filter({ hasText: 'Live' })).toHaveCount(2);
    await sql`UPDATE orders SET dropoff_note = 'typed just now' WHERE id = ${orderId}`;
    await expect(log.getByText('order.updated')).toBeVisible();
    await log.getByRole('button', { name: /^All of order.updated/ }).click();
    await expect(log.getByText('typed just now')).toBeVisible();
    await log
      .getByRole('link', { name: `#${number}` })
      .first()
      .click();
    await expect(admin).toHaveURL(new RegExp(`/admin/orders/${orderId}\\?at=\\d+$`));
  });
});

test('what could not be delivered is redriven, or discarded with a reason', async ({
  customer,
  admin,
  sql,
}) => {
  await orderFrom(customer, 'Stack Yard', 'Double stack');
  const orderId = orderIdOf(customer);
  const number = await orderNumberOf(customer);
  await deliverByHand(sql, orderId);
  const receipts = () => sql<{ id: string }[]>`
    SELECT id FROM notices WHERE order_id = ${orderId} AND kind = 'delivered'`;
  await expect.poll(async () => (await receipts()).length).toBe(1);
  const dead = await sql<{ id: string }[]>`
    INSERT INTO notices (event_id, user_id, order_id, channel, kind, content, next_attempt_at)
    SELECT 'copy ' || n, user_id, order_id, channel, kind, content, now() + interval '1 day'
    FROM notices, generate_series(1, 2) n WHERE order_id = ${orderId} AND kind = 'delivered'
    RETURNING id`;
  await sql`UPDATE notices SET status = 'dead', attempts = 8, last_error = 'connection refused'
    WHERE id IN ${sql(dead.map(({ id }) => id))}`;
  const statuses = async () => {
    const rows = await sql<{ status: string }[]>`
      SELECT status FROM notices WHERE id IN ${sql(dead.map(({ id }) => id))} ORDER BY status`;
    return rows.map(({ status }) => status);
  };
  await admin.goto('/admin/events/dead');
  const letters = admin
    .getByRole('list', { name: 'Events' })
    .getByRole('listitem')
    .filter({ hasText: number });
  await expect(letters).toHaveCount(2);
  await expect(letters.first()).toContainText('connection refused');
  await letters
    .first()
    .getByRole('button', { name: /^Redrive/ })
    .click();
  await expect(letters).toHaveCount(1);
  await expect.poll(statuses).toEqual(['dead', 'sent']);
  await letters
    .first()
    .getByRole('button', { name: /^Discard/ })
    .click();
  const dialog = admin.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('the receipt went out by hand');
  await dialog.getByRole('button', { name: 'Discard' }).click();
  await expect(letters).toHaveCount(0);
  await expect.poll(statuses).toEqual(['discarded', 'sent']);
});
