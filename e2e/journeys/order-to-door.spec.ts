import { expect, TOWN, test } from '../support/people';
import {
  goOnline,
  handOver,
  letOffersWait,
  orderFrom,
  orderIdOf,
  orderNumberOf,
} from '../support/steps';

test('an order goes from a customer’s phone to their door, live on three screens', async ({
  customer,
  driver,
  admin,
  sql,
}) => {
  await letOffersWait(sql);
  // Nobody reloads: each page is opened once, and everything after that arrives by itself.
  await admin.goto('/admin');
  await expect(admin.getByRole('status').filter({ hasText: 'Live' })).toBeVisible();
  await goOnline(driver);
  await orderFrom(customer, 'Brick & Basil', 'Margherita');
  const orderId = orderIdOf(customer);
  const number = await orderNumberOf(customer);
  await expect(customer.getByText('Live', { exact: true })).toBeVisible();

  await test.step('the driver is offered the delivery with all that counts', async () => {
    const offer = driver.getByRole('dialog', { name: 'New offer' });
    await expect(offer).toBeVisible();
    await expect(offer).toContainText('Brick & Basil');
    await expect(offer).toContainText(/\d+(\.\d)? k?m from you/);
    await expect(offer).toContainText(/\d+(\.\d)? k?m ride/);
    await expect(offer).toContainText(/€\d/);
    await expect(offer.getByRole('timer')).toBeVisible();
    await expect(admin.locator(`[data-order="${orderId}"]`)).toContainText('Offering to Dana');
    await offer.getByRole('button', { name: 'Accept' }).click();
  });

  await test.step('customer and admin see who comes', async () => {
    await expect(customer.getByText('Dana is riding there.', { exact: true })).toBeVisible();
    await expect(admin.locator(`[data-order="${orderId}"]`)).toContainText(/^(?!.*Offering).*Dana/);
  });

  await test.step('the driver’s position moves on the customer’s map', async () => {
    const away = customer.getByText(/^Dana is [\d.,]+ k?m from Brick & Basil/);
    await expect(away).toBeVisible();
    const before = await away.textContent();
    await driver.context().setGeolocation({
      latitude: TOWN.latitude + 0.002,
      longitude: TOWN.longitude + 0.001,
    });
    await expect(away).not.toHaveText(before ?? '');
  });

  await test.step('the driver takes step after step, and all screens follow', async () => {
    await driver.getByRole('button', { name: 'I’m at the restaurant' }).click();
    await expect(customer.getByText('Dana is at Brick & Basil', { exact: true })).toBeVisible();
    await customer.getByRole('link', { name: 'Orders', exact: true }).first().click();
    await customer.waitForURL(/\/orders$/);
    await driver.getByRole('button', { name: 'Picked up' }).click();
    const said = customer.getByRole('button', { name: 'See it' });
    // It stays while the pointer is on it, and goes all the same where the page itself says so.
    await said.hover();
    await customer.locator(`a[href="/orders/${orderId}"]`).first().press('Enter');
    await expect(customer.getByText('Dana has it', { exact: true })).toBeVisible();
    await expect(said).toBeHidden();
    const onTheWay = admin.getByRole('region', { name: 'On the way' });
    await expect(onTheWay.locator(`[data-order="${orderId}"]`)).toBeVisible();
    await driver.getByRole('button', { name: 'I’m at the door' }).click();
    await expect(customer.getByText('Dana is at your door', { exact: true })).toBeVisible();
    await handOver(customer, driver);
  });

  await test.step('it is over, and the courier is not to be seen any more', async () => {
    await expect(customer.getByText(/^Dana is [\d.,]+ k?m/)).toHaveCount(0);
    await expect(customer.getByText('Delivered', { exact: true }).first()).toBeVisible();
    await admin.getByRole('button', { name: /Done lately/ }).click();
    const done = admin.getByRole('region', { name: /Done/ });
    await expect(done.locator(`[data-order="${orderId}"]`)).toContainText(number);
    await expect(driver.getByText('You’ll hear from us')).toBeVisible();
  });

  const story = await sql<{ type: string }[]>`
    SELECT type FROM events WHERE stream_id = ${orderId} ORDER BY version`;
  expect(
    story.map(({ type }) => type).filter((type) => /^delivery\.(?!updated)/.test(type)),
  ).toEqual([
    'delivery.created',
    'delivery.offering',
    'delivery.assigned',
    'delivery.at_pickup',
    'delivery.picked_up',
    'delivery.at_dropoff',
    'delivery.delivered',
  ]);
});
