import type { Page } from '@playwright/test';
import { expectNoViolations } from './support/barriers';
import { cookieFor } from './support/language';
import { expect, test } from './support/people';
import { orderFrom, orderIdOf } from './support/steps';

const NOT_FOUND = 'Nobody lives at this address';

/** Both themes, and both directions of writing: what one of them breaks, the third would not show. */
const LOOKS = [
  { colorScheme: 'light', locale: 'en', dir: 'ltr' },
  { colorScheme: 'dark', locale: 'en', dir: 'ltr' },
  { colorScheme: 'light', locale: 'ar', dir: 'rtl' },
] as const;

async function expectNoBarriers(page: Page, path: string): Promise<void> {
  for (const { colorScheme, locale, dir } of LOOKS) {
    await page.context().addCookies([cookieFor(locale)]);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto(path);
    await expect(page.locator('html')).toHaveAttribute('dir', dir);
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeAttached();
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
    await expectNoViolations(page, `${path} in ${colorScheme}, ${locale}`);
  }
}

test('a guest meets no barrier', async ({ page }) => {
  for (const path of ['/', '/r/brick-basil', '/sign-in', '/sign-up']) {
    await expectNoBarriers(page, path);
  }
});

test('a customer meets no barrier', async ({ customer }) => {
  for (const path of ['/orders', '/checkout', '/account']) {
    await expectNoBarriers(customer, path);
  }
});

test('a driver meets no barrier', async ({ driver }) => {
  for (const path of ['/driver', '/driver/history']) await expectNoBarriers(driver, path);
});

const ADMIN_PAGES = {
  'at work': ['', '/restaurants', '/drivers', '/cash', '/events', '/events/dead'],
  'at the desk': [
    '/dispatch',
    '/analytics',
    '/people',
    '/zones',
    '/settings',
    '/settings/webhooks',
  ],
};
for (const [when, pages] of Object.entries(ADMIN_PAGES)) {
  test(`an admin meets no barrier ${when}`, async ({ admin }) => {
    for (const page of pages) await expectNoBarriers(admin, `/admin${page}`);
  });
}

test('a kitchen meets no barrier', async ({ kitchen }) => {
  await expectNoBarriers(kitchen, '/kitchen');
});

test('pages belong to their role, and come back after signing in', async ({ page, customer }) => {
  await page.goto('/admin');
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fadmin$/);
  await page.getByLabel('E-mail').fill('admin@hotfoot.test');
  await page.getByLabel('Password').fill('wrong-password');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'do not belong together' })).toBeVisible();
  await page.getByLabel('Password').fill('hotfoot-demo');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL(/\/admin$/);
  await customer.goto('/admin');
  await expect(customer).toHaveURL(/\/$/);
});

test('somebody signs up, orders, signs out, and their order is theirs alone', async ({
  page,
  customer,
}) => {
  await page.goto('/sign-up');
  await page.getByLabel('Name').fill('Nova Newcomer');
  await page.getByLabel('E-mail').fill(`nova-${Date.now()}@example.test`);
  await page.getByLabel('Password').fill('a long enough password');
  await page.getByRole('button', { name: /sign up|create/i }).click();
  await page.waitForURL(({ pathname }) => pathname === '/');
  await page.getByRole('link', { name: 'Stack Yard' }).first().click();
  await page.getByRole('button', { name: 'Double stack', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^Add/ }).click();
  await page.getByRole('link', { name: 'Go to checkout' }).click();
  await page.getByRole('button', { name: /^Place order/ }).click();
  await page.waitForURL(/\/orders\/[0-9a-f-]+$/);
  const order = new URL(page.url()).pathname;
  await customer.goto(order);
  await expect(customer.getByRole('heading', { level: 1 })).toHaveText(NOT_FOUND);
  await page.getByRole('button', { name: /^Account of Nova/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL(({ pathname }) => !pathname.startsWith('/orders'));
  await page.goto(order);
  await expect(page).toHaveURL(/\/sign-in/);
});

test('a restaurant that closes and a dish that sells out change on open pages', async ({
  customer,
  admin,
  sql,
}) => {
  await admin.goto('/admin/restaurants');
  await customer.goto('/r/stack-yard');
  await expect(customer.getByRole('button', { name: 'Add Fries' })).toBeVisible();
  await sql`UPDATE menu_items SET sold_out = true WHERE name = 'Fries'
    AND restaurant_id = (SELECT id FROM restaurants WHERE slug = 'stack-yard')`;
  await expect(customer.getByRole('button', { name: 'Add Fries' })).toBeHidden();
  await sql`UPDATE restaurants SET paused_until = now() + interval '1 hour' WHERE slug = 'stack-yard'`;
  await expect(customer.getByText(/closed/i).first()).toBeVisible();
  await sql`UPDATE restaurants SET paused_until = NULL WHERE slug = 'stack-yard'`;
  await expect(customer.getByText(/closed/i)).toHaveCount(0);
  await sql`UPDATE menu_items SET sold_out = false WHERE name = 'Fries'`;
});

test('the pages of an order meet no barrier, open, carried, closed and shared', async ({
  customer,
  admin,
  page,
  sql,
}) => {
  test.slow();
  await orderFrom(customer, 'Stack Yard', 'Double stack');
  const id = orderIdOf(customer);
  const token = id.replaceAll('-', '');
  await sql`INSERT INTO order_shares (order_id, token) VALUES (${id}, ${token})`;
  await expectNoBarriers(customer, `/orders/${id}`);
  await expectNoBarriers(page, `/s/${token}`);
  const [driver] = await sql<{ user_id: string }[]>`
    SELECT user_id FROM drivers JOIN users ON users.id = user_id WHERE name = 'Dana Swift'`;
  await sql`UPDATE deliveries SET status = 'assigned', driver_id = ${driver?.user_id ?? ''},
    driver_name = 'Dana Swift', driver_vehicle = 'bike', assigned_at = now() WHERE order_id = ${id}`;
  await sql`UPDATE deliveries SET status = 'at_pickup' WHERE order_id = ${id}`;
  await sql`UPDATE deliveries SET status = 'picked_up', imminent_at = now() WHERE order_id = ${id}`;
  await sql`UPDATE orders SET delayed_at = now() WHERE id = ${id}`;
  await expectNoBarriers(customer, `/orders/${id}`);
  await sql`UPDATE deliveries SET status = 'at_dropoff' WHERE order_id = ${id}`;
  await sql`UPDATE deliveries SET status = 'delivered' WHERE order_id = ${id}`;
  await sql`UPDATE orders SET status = 'ready' WHERE id = ${id}`;
  await sql`UPDATE orders SET status = 'completed' WHERE id = ${id}`;
  await expectNoBarriers(customer, `/orders/${id}`);
  await expectNoBarriers(customer, `/orders/${id}/receipt`);
  await expectNoBarriers(admin, `/admin/orders/${id}?at=4`);
  await expectNoBarriers(page, `/s/${token}`);
});

test('the page of the ETAs meets no barrier, with figures and without', async ({ admin, sql }) => {
  await expectNoBarriers(admin, '/admin/eta');
  await expect(admin.getByRole('heading', { level: 1 })).toBeVisible();
  const [held] = await sql<{ share: number | null }[]>`
    SELECT avg((d.delivered_at BETWEEN e.arrives_from AND e.arrives_to)::int)::float8 AS share
    FROM eta_estimates e JOIN deliveries d ON d.order_id = e.order_id
    JOIN orders o ON o.id = e.order_id WHERE d.delivered_at IS NOT NULL AND o.slot_from IS NULL`;
  await admin.context().addCookies([cookieFor('en')]);
  await admin.goto('/admin/eta');
  await expect(
    held?.share === null
      ? admin.getByText('No arrivals in this time')
      : admin.getByText(`${Math.round((held?.share ?? 0) * 100)} %`).first(),
  ).toBeVisible();
});
