import type { Page } from '@playwright/test';
import { expect, test } from '../support/people';
import {
  acceptOffer,
  goOnline,
  letOffersWait,
  orderFrom,
  orderIdOf,
  orderNumberOf,
  pinOn,
} from '../support/steps';

const conversation = (page: Page) => page.getByRole('log', { name: 'Messages' });
const euros = (text: string | null): number => Number(/€([\d.]+)/.exec(text ?? '')?.[1]);
const next = (driver: Page, step: string) =>
  driver.getByRole('button', { name: step, exact: true }).click();

test('customer, driver and admin talk about an order, and each hears the others at once', async ({
  customer,
  driver,
  admin,
  sql,
}) => {
  test.slow();
  await letOffersWait(sql);
  await goOnline(driver);
  await orderFrom(customer, 'Stack Yard', 'Double stack');
  const orderId = orderIdOf(customer);
  await acceptOffer(driver);

  await test.step('the customer says something with one touch', async () => {
    await customer.getByRole('button', { name: /^Message Dana/ }).click();
    await customer.getByRole('button', { name: 'The bell is broken, please knock' }).click();
    await expect(conversation(customer)).toContainText('The bell is broken, please knock');
  });

  await test.step('the driver sees that it is unread, reads it and answers in their own words', async () => {
    await driver.getByRole('button', { name: /^Message .*1 new message/ }).click();
    await expect(conversation(driver)).toContainText('The bell is broken, please knock');
    await driver.getByRole('textbox', { name: 'Write a message' }).fill('I will. Two minutes.');
    await driver.getByRole('textbox', { name: 'Write a message' }).press('Enter');
    await expect(conversation(customer)).toContainText('I will. Two minutes.');
    await driver.keyboard.press('Escape');
    await expect(driver.getByRole('button', { name: /^Message Mara$/ })).toBeFocused();
  });

  await test.step('the admin reads both and joins in', async () => {
    await admin.goto(`/admin?order=${orderId}`);
    await expect(conversation(admin)).toContainText('The bell is broken, please knock');
    await expect(conversation(admin)).toContainText('I will. Two minutes.');
    await admin.getByRole('button', { name: 'We are looking into it' }).click();
    await expect(conversation(customer)).toContainText('We are looking into it');
    await expect(driver.getByRole('button', { name: /^Message .*1 new message/ })).toBeVisible();
  });

  await test.step('what does not go out is kept and sent once there is a network', async () => {
    await customer.context().setOffline(true);
    await customer.getByRole('button', { name: 'Thank you!' }).click();
    await expect(conversation(customer)).toContainText('We could not reach the server.');
    await customer.context().setOffline(false);
    await conversation(customer).getByRole('button', { name: 'Try again' }).click();
    await expect(conversation(admin)).toContainText('Thank you!');
    const [said] = await sql<{ times: number }[]>`
      SELECT count(*)::int AS times FROM order_messages
      WHERE order_id = ${orderId} AND quick = 'thanks'`;
    expect(said?.times).toBe(1);
  });
});

test('a share link shows how it stands and no more, until the PIN proves the handover; then it is rated, printed and ordered again', async ({
  browser,
  baseURL,
  customer,
  driver,
  sql,
}) => {
  test.slow();
  await letOffersWait(sql);
  await goOnline(driver);
  await orderFrom(customer, 'Stack Yard', 'Double stack');
  const order = new URL(customer.url()).pathname;
  const number = await orderNumberOf(customer);
  await acceptOffer(driver);
  const strangers = await browser.newContext({ baseURL });
  const guest = await strangers.newPage();
  let link = '';

  await test.step('the customer is told what others see, and makes a link', async () => {
    await customer.getByRole('button', { name: 'Share' }).click();
    const dialog = customer.getByRole('dialog', { name: 'Let others follow' });
    await expect(dialog).toContainText('no name, no address, no dishes');
    await dialog.getByRole('button', { name: 'Make a link' }).click();
    link = new URL(await dialog.getByLabel('Link').inputValue()).pathname;
    await customer.keyboard.press('Escape');
  });

  await test.step('somebody who is not signed in follows it live', async () => {
    const response = await guest.goto(link);
    expect(response?.headers()).toMatchObject({
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
    });
    await expect(guest.locator('meta[name="robots"]')).toHaveAttribute('content', /noindex/);
    await expect(guest.getByText('Live', { exact: true })).toBeVisible();
    await expect(guest.getByText(/^Around \d\d:\d\d–\d\d:\d\d$/)).toBeVisible();
    await next(driver, 'I’m at the restaurant');
    await next(driver, 'Picked up');
    await expect(guest.getByRole('heading', { name: /^On the way|Nearly there$/ })).toBeVisible();
    const html = await guest.content();
    for (const secret of ['Mara', 'Dana', 'Stack Yard', 'Double stack', 'Street']) {
      expect(html).not.toContain(secret);
    }
  });

  await test.step('a wrong PIN is told as such, with the tries that are left', async () => {
    const pin = await pinOn(customer);
    expect(pin).toMatch(/^\d{4}$/);
    await next(driver, 'I’m at the door');
    await expect(guest.getByRole('heading', { name: 'At the door' })).toBeVisible();
    await next(driver, 'Enter the PIN');
    const digits = driver.getByRole('textbox', { name: 'Four digits' });
    for (const digit of pin === '0000' ? '1111' : '0000') {
      await driver.getByRole('button', { name: digit, exact: true }).click();
    }
    await next(driver, 'Hand over');
    await expect(driver.getByRole('alert').filter({ hasText: '4 tries are left' })).toBeVisible();
    await expect(digits).toHaveValue('');
    await digits.fill(pin);
    await next(driver, 'Hand over');
    await expect(driver.getByText(`${number} is delivered`)).toBeVisible();
  });

  await test.step('the link is dead, live and for whoever comes later', async () => {
    await expect(guest.getByRole('heading', { name: 'Nothing to follow any more' })).toBeVisible();
    const response = await guest.reload();
    expect(response?.status()).toBe(404);
    await expect(guest.getByRole('heading', { name: 'Nothing to follow any more' })).toBeVisible();
    await strangers.close();
  });

  await test.step('the customer rates food and delivery', async () => {
    await expect(customer.getByText('Enjoy your meal', { exact: true })).toBeVisible();
    await customer.getByRole('group', { name: 'Food' }).getByLabel('5 stars').check();
    await customer.getByRole('group', { name: 'Delivery' }).getByLabel('4 stars').check();
    await customer.getByLabel(/^What should we know/).fill('Still hot.');
    await customer.getByRole('button', { name: 'Send the rating' }).click();
    await expect(
      customer.getByText('You gave the food 5 of 5 and the delivery 4 of 5.'),
    ).toBeVisible();
  });

  await test.step('a tip afterwards is the driver’s at once', async () => {
    const earned = driver.getByRole('link', { name: /^Earned today/ });
    const before = euros(await earned.textContent());
    const tips = customer.getByRole('group', { name: 'Tip for the driver' });
    await tips.getByRole('radio', { name: '€2.00' }).check();
    await customer.getByRole('button', { name: 'pays', exact: true }).click();
    await customer.getByRole('button', { name: 'Use this card' }).click();
    await customer.getByRole('button', { name: 'Tip €2.00' }).click();
    await expect(customer.getByText('You tipped €2.00. Thank you, also from Dana')).toBeVisible();
    await expect.poll(async () => euros(await earned.textContent())).toBeCloseTo(before + 2);
  });

  await test.step('the receipt says what was paid, where and when', async () => {
    await customer.getByRole('link', { name: 'Receipt' }).click();
    await expect(customer.getByRole('heading', { name: 'Receipt' })).toBeVisible();
    const [row] = await sql<{ total: number; placed: string }[]>`
      SELECT total, to_char(placed_at AT TIME ZONE time_zone, 'HH24:MI') AS placed
      FROM orders WHERE id = ${order.split('/')[2] ?? ''}`;
    const receipt = customer.getByRole('article');
    await expect(receipt).toContainText('Stack Yard');
    await expect(receipt).toContainText(number);
    await expect(receipt).toContainText(`€${((row?.total ?? 0) / 100).toFixed(2)}`);
    await expect(receipt).toContainText(row?.placed ?? '?');
    await expect(receipt).toContainText('Atlantic/Azores');
    await expect(receipt.getByRole('row', { name: /Double stack/ })).toBeVisible();
    await customer.emulateMedia({ media: 'print' });
    await expect(customer.getByRole('banner')).toBeHidden();
    await expect(customer.getByRole('button', { name: 'Print' })).toBeHidden();
    await expect(receipt).toBeVisible();
    await customer.emulateMedia({ media: 'screen' });
  });

  await test.step('ordered again, at today’s price', async () => {
    await sql`UPDATE menu_items SET price = price + 50 WHERE name = 'Double stack'`;
    await customer.goto('/orders');
    await customer.getByRole('button', { name: `Order again from Stack Yard, ${number}` }).click();
    const dialog = customer.getByRole('dialog', { name: 'Not all is as it was' });
    await expect(dialog).toContainText(/Double stack costs €[\d.]+ now; it was €[\d.]+\./);
    await dialog.getByRole('button', { name: 'Put into the cart' }).click();
    await customer.getByRole('button', { name: /^Place order/ }).click();
    await customer.waitForURL((url) => /^\/orders\/./.test(url.pathname) && url.pathname !== order);
    await expect(customer.getByText('Double stack').first()).toBeVisible();
    await sql`UPDATE menu_items SET price = price - 50 WHERE name = 'Double stack'`;
  });
});

test('an order that is not followed any more does not say that it is live', async ({
  customer,
  sql,
}) => {
  await letOffersWait(sql);
  let fail: (() => void) | undefined;
  await customer.routeWebSocket(/\/api\/trpc/, (page) => {
    const server = page.connectToServer();
    page.onMessage((message) => {
      const [, id] = /"id":(\d+)(?=.*"path":"orders\.watch")/.exec(`${message}`) ?? [];
      const data = { code: 'INTERNAL_SERVER_ERROR' };
      const error = { code: -32_603, message: 'it broke', data };
      if (id) fail = () => page.send(JSON.stringify({ id: Number(id), error }));
      server.send(message);
    });
  });
  await orderFrom(customer, 'Brick & Basil', 'Margherita');
  await customer.reload();
  await expect(customer.getByText('Live', { exact: true })).toBeVisible();
  expect(fail).toBeDefined();
  fail?.();
  await expect(customer.getByText(/^Stale since/)).toBeVisible();
});
