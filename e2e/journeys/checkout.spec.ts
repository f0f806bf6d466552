import type { Page } from '@playwright/test';
import { expect, test } from '../support/people';
import { orderIdOf } from '../support/steps';

const RESTAURANT = 'Brick & Basil';
const SLUG = 'brick-basil';

/** Puts two of a dish into the cart, from its restaurant's page. */
async function fillCart(page: Page, dish = 'Margherita'): Promise<void> {
  await page.goto(`/r/${SLUG}`);
  await page.getByRole('button', { name: dish, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /^More|One more/ }).click();
  await dialog.getByRole('button', { name: /^Add/ }).click();
  await expect(dialog).toBeHidden();
}

async function goToCheckout(page: Page): Promise<void> {
  await page.goto('/checkout');
  await expect(page.getByRole('heading', { name: 'The sum' })).toBeVisible();
}

const summary = (page: Page) => page.getByRole('complementary', { name: 'Your order' });
const placeOrder = (page: Page) => page.getByRole('button', { name: /^Place order/ });

async function useCard(page: Page, behaviour: string, label: RegExp): Promise<void> {
  await page.getByRole('radio', { name: /^Test card/ }).check();
  await page.getByRole('button', { name: behaviour, exact: true }).click();
  await page.getByRole('button', { name: 'Use this card' }).click();
  await expect(page.getByText(label)).toBeVisible();
}

async function ordered(page: Page): Promise<string> {
  await page.waitForURL(/\/orders\/[0-9a-f-]+$/);
  return orderIdOf(page);
}

/** The minor units of every amount that a list of sums shows, its total last. */
async function amountsOf(page: Page): Promise<number[]> {
  const sums = summary(page).locator('dd');
  return (await sums.allTextContents()).map((text) => {
    const amount = Math.round(Number(text.replace(/[^\d.]/g, '')) * 100);
    return text.startsWith('−') ? -amount : amount;
  });
}

test('a guest fills a cart, comes back, signs up at checkout, and orders for later with a code and a card', async ({
  page,
  sql,
}) => {
  await fillCart(page);
  await page.reload();
  await goToCheckout(page);
  await expect(page.getByText('Margherita')).toBeVisible();

  await test.step('what is chosen before signing up is there afterwards', async () => {
    await page.getByLabel('Note for the driver').fill('The bell is broken: knock.');
    await page.getByRole('radio', { name: /^At a time of your choice/ }).check();
    await page.getByRole('radio', { name: 'Tomorrow' }).check();
    await page.getByRole('radiogroup', { name: 'Time' }).getByRole('radio').nth(3).check();
    await page.getByRole('textbox', { name: /^Code/ }).fill('welcome10');
    await page.getByRole('button', { name: 'Apply' }).click();
    await expect(page.getByText('Code WELCOME10')).toBeVisible();
    await page.getByRole('link', { name: 'Create an account' }).click();
    await page.getByLabel('Name').fill('Gita Guest');
    await page.getByLabel('E-mail').fill(`gita-${Date.now()}@example.test`);
    await page.getByLabel('Password').fill('a long enough password');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.waitForURL(/\/checkout$/);
    await expect(page.getByLabel('Note for the driver')).toHaveValue('The bell is broken: knock.');
    await expect(page.getByText('Code WELCOME10')).toBeVisible();
  });

  await useCard(page, 'pays', /Test card •• 4242/);
  await test.step('the sum adds up in the lines that are shown', async () => {
    await expect(placeOrder(page)).toBeEnabled();
    const amounts = await amountsOf(page);
    const total = amounts.pop();
    expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(total);
  });
  await placeOrder(page).click();
  const orderId = await ordered(page);

  const [order] = await sql`
    SELECT o.*, p.status AS paid, p.label FROM orders o JOIN payments p ON p.order_id = o.id
    WHERE o.id = ${orderId}`;
  expect(order).toMatchObject({
    status: 'accepted',
    payment_method: 'card',
    payment_status: 'authorised',
    paid: 'authorised',
    label: 'Test card •• 4242',
    promo_code: 'WELCOME10',
    dropoff_note: 'The bell is broken: knock.',
  });
  expect(order?.slot_from).not.toBeNull();
  expect(order?.promised_from).toEqual(order?.slot_from);
  await page.goto('/checkout');
  await expect(page.getByText('Your cart is empty')).toBeVisible();
});

test('a price that changes between cart and order is shown, and counts once it is confirmed', async ({
  customer,
  sql,
}) => {
  const of = sql`restaurant_id = (SELECT id FROM restaurants WHERE slug = ${SLUG}) AND name = 'Margherita'`;
  await fillCart(customer);
  await goToCheckout(customer);
  await expect(placeOrder(customer)).toBeEnabled();
  const [before] = await sql`SELECT price FROM menu_items WHERE ${of}`;
  await sql`UPDATE menu_items SET price = price + 50 WHERE ${of}`;
  try {
    // By itself, without a reload.
    await expect(
      customer.getByText(/^Margherita is now €\d+\.\d\d, was €\d+\.\d\d$/),
    ).toBeVisible();
    await expect(placeOrder(customer)).toBeDisabled();
    await customer.getByRole('button', { name: 'Use the new prices' }).click();
    await expect(placeOrder(customer)).toBeEnabled();
    await placeOrder(customer).click();
    const orderId = await ordered(customer);
    const [line] =
      await sql`SELECT unit_price, quantity FROM order_lines WHERE order_id = ${orderId}`;
    expect(line).toEqual({ unit_price: before?.price + 50, quantity: 2 });
  } finally {
    await sql`UPDATE menu_items SET price = ${before?.price} WHERE ${of}`;
  }
});

test('a card that is declined orders nothing, and cash still does', async ({ customer, sql }) => {
  await fillCart(customer);
  await goToCheckout(customer);
  await useCard(customer, 'is declined', /Test card •• 0002/);
  const orders = async () => (await sql`SELECT count(*)::int AS n FROM orders`)[0]?.n;
  const before = await orders();
  await placeOrder(customer).click();
  await expect(summary(customer).getByRole('alert')).toContainText(
    'The bank has declined this card',
  );
  expect(await orders()).toBe(before);
  await customer.getByRole('radio', { name: /^Cash at the door/ }).check();
  await expect(customer.getByText('The bank has declined this card')).toHaveCount(0);
  await placeOrder(customer).click();
  await ordered(customer);
  expect(await orders()).toBe(before + 1);
});

test('an order whose answer is lost is sent again, and ordered once', async ({ customer, sql }) => {
  await fillCart(customer);
  await goToCheckout(customer);
  await useCard(customer, 'pays', /Test card •• 4242/);
  await customer.route(
    '**/api/trpc/orders.place*',
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  const before = (await sql`SELECT count(*)::int AS n FROM orders`)[0]?.n;
  await placeOrder(customer).click();
  await expect(summary(customer)).toContainText('Sent again, it is not ordered twice');
  await customer.getByRole('button', { name: /^Send it again/ }).click();
  const orderId = await ordered(customer);
  expect((await sql`SELECT count(*)::int AS n FROM orders`)[0]?.n).toBe(before + 1);
  const paid = await sql`SELECT status FROM payments WHERE order_id = ${orderId}`;
  expect([...paid]).toEqual([{ status: 'authorised' }]);
});

test('an order is fetched at the counter, and paid there', async ({ customer, sql }) => {
  await fillCart(customer);
  await goToCheckout(customer);
  await customer.getByRole('radio', { name: 'Pick up' }).check();
  await expect(customer.getByText(/^Ready at the counter in/)).toBeVisible();
  await expect(customer.getByText(/^Delivery,/)).toHaveCount(0);
  await placeOrder(customer).click();
  const orderId = await ordered(customer);
  await sql`UPDATE orders SET status = 'ready' WHERE id = ${orderId} AND status = 'preparing'`;
  const [order] = await sql`SELECT pin FROM orders WHERE id = ${orderId}`;
  await expect(customer.getByText(order?.pin)).toBeVisible();
  await customer.getByRole('button', { name: 'I have it' }).click();
  await expect(customer.getByRole('button', { name: 'I have it' })).toHaveCount(0);
  const [done] =
    await sql`SELECT status, payment_status, delivery_fee FROM orders WHERE id = ${orderId}`;
  expect(done).toEqual({ status: 'completed', payment_status: 'captured', delivery_fee: 0 });
  expect(await sql`SELECT 1 FROM deliveries WHERE order_id = ${orderId}`).toHaveLength(0);
});

test('a dish that sells out at the last moment is marked, and taken out', async ({
  customer,
  sql,
}) => {
  const of = sql`restaurant_id = (SELECT id FROM restaurants WHERE slug = ${SLUG}) AND name = 'Diavola'`;
  await fillCart(customer);
  await fillCart(customer, 'Diavola');
  await goToCheckout(customer);
  await expect(placeOrder(customer)).toBeEnabled();
  await sql`UPDATE menu_items SET sold_out = true WHERE ${of}`;
  try {
    await expect(summary(customer).getByRole('alert')).toContainText(
      '“Diavola” has just sold out.',
    );
    await expect(placeOrder(customer)).toBeDisabled();
    await customer.getByRole('button', { name: 'Take out Diavola' }).click();
    await expect(summary(customer).getByRole('alert')).toHaveCount(0);
    await placeOrder(customer).click();
    const orderId = await ordered(customer);
    const lines = await sql`SELECT name FROM order_lines WHERE order_id = ${orderId}`;
    expect(lines.map(({ name }) => name)).toEqual(['Margherita']);
  } finally {
    await sql`UPDATE menu_items SET sold_out = false WHERE ${of}`;
  }
});

test('a cart holds the dishes of one restaurant; another one is asked about first', async ({
  page,
}) => {
  await fillCart(page);
  await page.goto('/r/stack-yard');
  await page.getByRole('button', { name: 'Double stack', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^Add/ }).click();
  const ask = page.getByRole('alertdialog');
  await expect(ask).toContainText(`Your cart holds dishes from ${RESTAURANT}`);
  await ask.getByRole('button', { name: `Keep ${RESTAURANT}` }).click();
  await page.goto('/checkout');
  await expect(page.getByText('Margherita')).toBeVisible();
});
