import { expect, test } from '../support/people';
import { orderFrom, orderIdOf } from '../support/steps';

test('a change typed into the database reaches an open page', async ({ customer, admin, sql }) => {
  await admin.goto('/admin');
  await orderFrom(customer, 'Stack Yard', 'Double stack');
  const orderId = orderIdOf(customer);
  await expect(customer.getByText('Live', { exact: true })).toBeVisible();
  await sql`UPDATE orders SET status = 'preparing' WHERE id = ${orderId}`;
  await sql`UPDATE orders SET status = 'ready' WHERE id = ${orderId}`;
  await expect(customer.getByText('Ready at Stack Yard', { exact: true })).toBeVisible();
  const ready = admin.getByRole('region', { name: 'Ready' });
  await expect(ready.locator(`[data-order="${orderId}"]`)).toBeVisible();
  await sql`UPDATE orders SET status = 'cancelled', reason = 'other' WHERE id = ${orderId}`;
  await expect(customer.getByText('Cancelled', { exact: true }).first()).toBeVisible();
});

test('a page that is cut off says so, and heals by itself with nothing missed and nothing twice', async ({
  customer,
  sql,
}) => {
  await orderFrom(customer, 'Stack Yard', 'Double stack');
  const orderId = orderIdOf(customer);
  await expect(customer.getByText('Live', { exact: true })).toBeVisible();
  await expect(customer.getByText('Preparing', { exact: true })).toBeVisible();
  const frames: string[] = [];
  customer.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => frames.push(String(payload)));
  });

  await customer.context().setOffline(true);
  await expect(customer.getByText(/^Stale since \d\d:\d\d:\d\d/)).toBeVisible({ timeout: 40_000 });
  for (const note of ['first', 'second']) {
    await sql`UPDATE orders SET dropoff_note = ${note} WHERE id = ${orderId}`;
  }
  await sql`UPDATE orders SET status = 'ready' WHERE id = ${orderId}`;
  await customer.context().setOffline(false);

  await expect(customer.getByText('Live', { exact: true })).toBeVisible({ timeout: 40_000 });
  await expect(customer.getByText('Ready at Stack Yard', { exact: true })).toBeVisible();
  // The page follows the order, and the customer's feed for notices: each has to be whole.
  const streams = versionsBySubscription(frames, orderId);
  expect(streams).toHaveLength(2);
  for (const versions of streams) {
    expect(versions.length).toBeGreaterThanOrEqual(3);
    expect(versions).toEqual(versions.map((_, index) => (versions[0] ?? 0) + index));
  }
  await sql`UPDATE orders SET status = 'cancelled', reason = 'other' WHERE id = ${orderId}`;
});

/** The versions of an order's events in these frames, by the subscription that brought them. */
function versionsBySubscription(frames: readonly string[], orderId: string): number[][] {
  const streams = new Map<number, number[]>();
  for (const frame of frames) {
    const found = [...frame.matchAll(/"streamId":"([0-9a-f-]+)","version":(\d+)/g)];
    const id = Number(/"id":(\d+)/.exec(frame)?.[1]);
    for (const [, streamId, version] of found) {
      if (streamId === orderId) streams.set(id, [...(streams.get(id) ?? []), Number(version)]);
    }
  }
  return [...streams.values()];
}
