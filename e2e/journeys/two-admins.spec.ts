import type { Browser, Page } from '@playwright/test';
import type { Sql } from 'postgres';
import { DEMO_PASSWORD } from '@/domain/demo';
import { expect, test } from '../support/people';
import { letOffersWait, orderIdOf } from '../support/steps';

const SECOND = { name: 'Bea Second', email: 'second-admin@hotfoot.test' };

/** Another admin with the password of the demo, in a browser of their own. */
async function secondAdmin(browser: Browser, baseURL: string, sql: Sql): Promise<Page> {
  await sql`INSERT INTO users (email, name, password_hash, role)
    SELECT ${SECOND.email}, ${SECOND.name}, password_hash, 'admin' FROM users
    WHERE email = 'admin@hotfoot.test' ON CONFLICT DO NOTHING`;
  const context = await browser.newContext({ baseURL, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(SECOND.email);
  await page.getByLabel('Password').fill(DEMO_PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(/\/admin/);
  return page;
}

/** Drivers who are online and never answer: only dispatchers move this order. */
async function quietDriver(sql: Sql, name: string): Promise<void> {
  await sql`WITH person AS (
      INSERT INTO users (email, name, password_hash, role)
      VALUES (${`${name.toLowerCase()}@hotfoot.test`}, ${`${name} Rider`}, 'none', 'driver')
      ON CONFLICT (email) DO UPDATE SET name = excluded.name RETURNING id)
    INSERT INTO drivers (user_id, zone_id, vehicle)
      SELECT person.id, zones.id, 'bike' FROM person, zones WHERE zones.slug = 'emberhaven'
      ON CONFLICT DO NOTHING`;
  await sql`UPDATE drivers SET online = true, online_since = now()
    WHERE user_id = (SELECT id FROM users WHERE email = ${`${name.toLowerCase()}@hotfoot.test`})`;
}

async function orderByCard(page: Page): Promise<string> {
  await page.goto('/');
  await page.getByRole('link', { name: 'Stack Yard' }).first().click();
  await page.getByRole('button', { name: 'Double stack', exact: true }).click();
  const dish = page.getByRole('dialog');
  await dish.getByRole('button', { name: /^More|Increase|One more/ }).click();
  await dish.getByRole('button', { name: /^Add/ }).click();
  await page.getByRole('button', { name: /^View cart/ }).click();
  await page.getByRole('link', { name: 'Go to checkout' }).click();
  await page.getByRole('radio', { name: /^Test card/ }).check();
  await page.getByRole('button', { name: 'pays', exact: true }).click();
  await page.getByRole('button', { name: 'Use this card' }).click();
  await expect(page.getByText(/Test card •• 4242/)).toBeVisible();
  await page.getByRole('button', { name: /^Place order/ }).click();
  await page.waitForURL(/\/orders\/[0-9a-f-]+$/);
  return orderIdOf(page);
}

const drawer = (page: Page) => page.getByRole('region', { name: 'Order', exact: true });
const press = (page: Page, name: string) =>
  drawer(page).getByRole('button', { name, exact: true }).click();

/** A door within a walk of the kitchen, as one would type it. */
async function doorNear(sql: Sql, orderId: string): Promise<string> {
  const [door] = await sql<{ words: string }[]>`
    SELECT number || ' ' || street AS words FROM known_addresses
    ORDER BY location <-> (SELECT pickup FROM orders WHERE id = ${orderId}) LIMIT 1 OFFSET 40`;
  return door?.words ?? '';
}

/** The kitchen and the ride are other journeys: it is done, and its money is taken. */
async function complete(sql: Sql, orderId: string): Promise<void> {
  for (const status of ['preparing', 'ready']) {
    await sql`UPDATE orders SET status = ${status} WHERE id = ${orderId} AND status <> ${status}`;
  }
  await sql`UPDATE deliveries SET status = 'cancelled' WHERE order_id = ${orderId}`;
  await sql`UPDATE payments SET due = 'capture', due_amount = amount, next_attempt_at = now()
    WHERE order_id = ${orderId}`;
  await sql`UPDATE orders SET status = 'completed' WHERE id = ${orderId}`;
}

test('two dispatchers with the same order: the later one hears who was faster, and both see the same', async ({
  customer,
  admin: ada,
  browser,
  baseURL,
  sql,
}) => {
  await letOffersWait(sql);
  await quietDriver(sql, 'Ben');
  await quietDriver(sql, 'Cat');
  const bea = await secondAdmin(browser, baseURL ?? '', sql);
  const orderId = await orderByCard(customer);
  for (const page of [ada, bea]) {
    await page.goto(`/admin?order=${orderId}`);
    await expect(drawer(page).getByRole('button', { name: 'Assign', exact: true })).toBeVisible();
  }

  await test.step('Ada assigns while Bea is choosing; Bea hears who did what', async () => {
    await press(bea, 'Assign');
    const choosing = bea.getByRole('dialog', { name: /^Assign #/ });
    await choosing.getByText('Cat Rider').click();
    await press(ada, 'Assign');
    const dialog = ada.getByRole('dialog', { name: /^Assign #/ });
    await dialog.getByText('Ben Rider').click();
    await dialog.getByRole('button', { name: 'Assign to Ben' }).click();
    await expect(choosing.getByRole('alert')).toContainText('Ben Rider got it');
    await choosing.getByRole('button', { name: /^Assign to Cat/ }).click();
    await expect(choosing.getByRole('alert')).toContainText(
      'Ada Warden: Driver assigned (Ben Rider), just now.',
    );
    await choosing.getByRole('button', { name: 'Back' }).click();
    await expect(drawer(bea).getByText('Ben Rider').first()).toBeVisible();
  });

  await test.step('Ada takes it back with one press, and Bea sees it', async () => {
    await ada.getByRole('button', { name: 'Undo' }).click();
    await expect(ada.getByText(/taken back$/)).toBeVisible();
    await expect(drawer(bea).getByRole('button', { name: 'Assign', exact: true })).toBeVisible();
  });

  await test.step('Bea cancels with a reason while Ada wants to put it off', async () => {
    await press(ada, 'Put off');
    const delay = ada.getByRole('alertdialog', { name: /^Put #/ });
    await expect(delay.getByText(/^Ready about/)).toBeVisible();
    await press(bea, 'Cancel order');
    const cancel = bea.getByRole('alertdialog', { name: /^Cancel/ });
    await cancel.getByRole('radio', { name: 'Ordered twice' }).check();
    await expect(cancel.getByText('The customer pays')).toBeVisible();
    await cancel.getByRole('button', { name: 'Cancel the order' }).click();
    await expect(delay.getByRole('alert')).toContainText('Bea Second: Cancelled, just now.');
    await delay.getByRole('button', { name: /^Put off by/ }).click();
    await expect(delay.getByRole('alert')).toContainText('Bea Second');
    await delay.getByRole('button', { name: 'Back' }).click();
    await expect(drawer(ada).getByText('Ordered twice').first()).toBeVisible();
  });

  await test.step('and restores it, for both', async () => {
    await bea.getByRole('button', { name: 'Undo' }).click();
    for (const page of [ada, bea]) {
      await expect(drawer(page).getByRole('button', { name: 'Cancel order' })).toBeVisible();
    }
    await expect(customer.getByText('Cancelled', { exact: true })).toHaveCount(0);
  });

  await test.step('Ada puts it off and takes that back', async () => {
    // What was said of the first time has gone.
    await expect(ada.getByText(/taken back$/)).toHaveCount(0);
    await press(ada, 'Put off');
    await ada.getByRole('button', { name: 'Put off by 10 min' }).click();
    await expect(drawer(bea).getByText(/put off by 10 min$/)).toBeVisible();
    await ada.getByRole('button', { name: 'Undo' }).click();
    await expect(ada.getByText(/taken back$/)).toBeVisible();
    await expect(drawer(bea).getByText(/put off by 10 min$/)).toHaveCount(0);
  });

  await test.step('Bea sends it to another door; customer and Ada see it', async () => {
    await press(bea, 'Change address');
    const dialog = bea.getByRole('dialog', { name: /^Another address/ });
    const door = await doorNear(sql, orderId);
    await dialog.getByRole('searchbox', { name: 'Search an address' }).fill(door);
    await dialog.getByRole('list', { name: 'Addresses found' }).getByRole('button').first().click();
    await expect(dialog.getByText(/as before$|we bear the difference/)).toBeVisible();
    await dialog.getByLabel('Note for the driver').fill('The blue gate');
    await dialog.getByRole('button', { name: 'Bring it there' }).click();
    await expect(drawer(ada).getByText('“The blue gate”')).toBeVisible();
    await expect(drawer(ada).getByText(door)).toBeVisible();
    await expect(customer.getByText(/The blue gate/)).toBeVisible();
  });

  await complete(sql, orderId);
  // A refund is refused to whoever has not seen that the money has come.
  for (const page of [ada, bea]) {
    await expect(drawer(page).getByText('Completed', { exact: true }).first()).toBeVisible();
    await expect(drawer(page).getByText('Paid by card', { exact: true }).first()).toBeVisible();
  }
  await test.step('Ada gives some of it back; both see it, and the customer on the receipt', async () => {
    await press(ada, 'Refund');
    const dialog = ada.getByRole('alertdialog', { name: /^Refund #/ });
    await dialog.getByLabel('Amount').fill('2.50');
    await dialog.getByRole('button', { name: 'Go on' }).click();
    await ada
      .getByRole('alertdialog', { name: 'Give back €2.50?' })
      .getByRole('button', { name: 'Give back €2.50' })
      .click();
    for (const page of [ada, bea]) {
      await expect(drawer(page).getByText('Given back: Something was missing')).toBeVisible();
      await expect(drawer(page).getByText('Partly paid back to the card').first()).toBeVisible();
    }
    await customer.goto(`/orders/${orderId}/receipt`);
    await expect(customer.getByText('Given back: Something was missing')).toBeVisible();
    await expect(customer.getByText(/^[−-]€2.50$/)).toBeVisible();
  });
  await bea.context().close();

  const actors = await sql<{ type: string; name: string | null }[]>`
    SELECT e.type, u.name FROM events e LEFT JOIN users u ON e.actor = 'user:' || u.id
    WHERE stream_id = ${orderId} AND e.type IN ('order.cancelled', 'order.restored', 'order.put_off',
      'order.brought_forward', 'order.address_changed', 'payment.refund_asked') ORDER BY e.version`;
  expect(actors.map(({ type, name }) => `${type} ${name}`)).toEqual([
    `order.cancelled ${SECOND.name}`,
    `order.restored ${SECOND.name}`,
    'order.put_off Ada Warden',
    'order.brought_forward Ada Warden',
    `order.address_changed ${SECOND.name}`,
    'payment.refund_asked Ada Warden',
  ]);
});
