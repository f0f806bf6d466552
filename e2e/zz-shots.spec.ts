import { setTimeout as wait } from 'node:timers/promises';
import { cookieFor } from './support/language';
import { goOnline, orderFrom, orderIdOf, letOffersWait, acceptOffer } from './support/steps';
import { test, TOWN } from './support/people';

test('shots', async ({ customer, driver, admin, sql }) => {
  test.setTimeout(400_000);
  await letOffersWait(sql);
  await goOnline(driver);
  await orderFrom(customer, 'Stack Yard', 'Double stack');
  const id = orderIdOf(customer);
  await acceptOffer(driver);
  await sql`INSERT INTO order_messages (order_id, sender_id, sender_role, quick) SELECT id, customer_id, 'customer', 'bell_broken' FROM orders WHERE id = ${id}`;
  const [d] = await sql`SELECT driver_id FROM deliveries WHERE order_id = ${id}`;
  await sql`INSERT INTO breadcrumbs (driver_id, recorded_at, location)
    SELECT ${d?.driver_id}, clock_timestamp() + n * interval '10 ms', ST_MakePoint(${TOWN.longitude} + n * 0.0001, ${TOWN.latitude} + n * 0.0001)::geography FROM generate_series(0, 30) n`;
  await wait(500);
  await driver.getByRole('button', { name: 'I’m at the restaurant' }).click();
  await wait(1000);
  await sql`UPDATE orders SET dropoff_note = 'Third floor, the blue door' WHERE id = ${id}`;
  const [v] = await sql`SELECT version FROM events WHERE stream_id = ${id} AND type = 'delivery.assigned'`;
  const [o] = await sql`SELECT version FROM events WHERE stream_id = ${id} AND type = 'offer.made'`;
  await sql`INSERT INTO notices (event_id, user_id, order_id, channel, kind, content, next_attempt_at)
    SELECT 'x' || n, customer_id, id, CASE WHEN n = 2 THEN 'push' ELSE 'email' END, 'delivered', '{"kind":"delivered","restaurant":"Stack Yard"}', now() + interval '1 day' FROM orders, generate_series(1,3) n WHERE id = ${id}`;
  await sql`UPDATE notices SET status = 'dead', attempts = 8, last_error = 'connect ECONNREFUSED 127.0.0.1:587' WHERE event_id IN ('x1','x2','x3')`;
  const pages: [string, string][] = [
    ['story-now', `/admin/orders/${id}`],
    ['story-offer', `/admin/orders/${id}?at=${o?.version}`],
    ['story-assigned', `/admin/orders/${id}?at=${Number(v?.version) + 1}`],
    ['events', '/admin/events'],
    ['dead', '/admin/events/dead'],
  ];
  const shoot = async (name: string) => {
    await admin.waitForFunction(() => !document.querySelector('[aria-busy="true"]')).catch(() => undefined);
    await wait(1500);
    await admin.screenshot({ path: `/tmp/d-shots/${name}.png`, fullPage: true });
  };
  for (const [size, viewport] of [['desk', { width: 1440, height: 900 }], ['phone', { width: 390, height: 844 }]] as const) {
    await admin.setViewportSize(viewport);
    for (const scheme of ['light', 'dark'] as const) {
      await admin.emulateMedia({ colorScheme: scheme });
      for (const [name, path] of pages) {
        if (scheme === 'dark' && name === 'story-now') continue;
        await admin.goto(path);
        await shoot(`${name}-${size}-${scheme}`);
      }
    }
  }
  await admin.setViewportSize({ width: 1440, height: 900 });
  await admin.emulateMedia({ colorScheme: 'light' });
  await admin.context().addCookies([cookieFor('ar')]);
  for (const [name, path] of pages.slice(1)) {
    await admin.goto(path);
    await shoot(`${name}-ar`);
  }
});
