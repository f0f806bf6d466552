import { expect, test } from '../support/people';
import {
  acceptOffer,
  goOnline,
  letOffersWait,
  orderFrom,
  orderIdOf,
  orderNumberOf,
} from '../support/steps';

test('customer, driver and admin see one meal late, then cancelled, then ordered again', async ({
  customer,
  driver,
  admin,
  sql,
}) => {
  test.slow();
  await letOffersWait(sql);
  await admin.goto('/admin');
  await goOnline(driver);
  await orderFrom(customer, 'Stack Yard', 'Double stack');
  const late = orderIdOf(customer);
  const number = await orderNumberOf(customer);
  await acceptOffer(driver);
  await admin.locator(`[data-order="${late}"]`).click();
  const drawer = admin.getByRole('region', { name: 'Order', exact: true });
  await expect(drawer.getByRole('heading', { name: number })).toBeVisible();

  await test.step('the kitchen needs 40 minutes more, and all three are told the new time', async () => {
    const [promise] = await sql<{ by: string }[]>`
      UPDATE orders SET ready_estimate_at = ready_estimate_at + interval '40 minutes'
      WHERE id = ${late}
      RETURNING to_char(promised_to AT TIME ZONE time_zone, 'HH24:MI') AS by`;
    const told = customer.getByText(new RegExp(`Now around .* not by ${promise?.by}`));
    await expect(told.first()).toBeVisible();
    await expect(customer.getByText('Later than promised').first()).toBeVisible();
    await expect(driver.getByText(/^Later, by \d\d:\d\d$/)).toBeVisible();
    await expect(drawer.getByText(/^Delay told at \d\d:\d\d$/)).toBeVisible();
    await expect(admin.locator(`[data-order="${late}"]`)).toContainText(/min late/);
    await expect(drawer.getByRole('list', { name: 'What happened' })).toContainText('Running late');
    const [shown] = await sql<{ window: string }[]>`
      SELECT to_char(eta_from AT TIME ZONE time_zone, 'HH24:MI') || '–' ||
        to_char(eta_to AT TIME ZONE time_zone, 'HH24:MI') AS window
      FROM orders WHERE id = ${late}`;
    await expect(told.first()).toContainText(shown?.window ?? '?');
  });

  await test.step('the customer can’t cancel any more, and asks for it', async () => {
    await expect(customer.getByText(/^The kitchen is at work/)).toBeVisible();
    await customer.getByRole('button', { name: 'Help' }).click();
    await customer.getByText('It is late', { exact: true }).click();
    await customer.getByRole('button', { name: 'Write a message' }).first().click();
    await customer.getByRole('textbox', { name: 'Write a message' }).fill('Please cancel it.');
    await customer.getByRole('button', { name: 'Send' }).click();
    await expect(drawer.getByRole('log')).toContainText('Please cancel it.');
    await customer.keyboard.press('Escape');
  });

  await test.step('the admin cancels, and all three see the end', async () => {
    await drawer.getByRole('button', { name: 'Cancel order' }).click();
    const dialog = admin.getByRole('alertdialog', { name: /^Cancel/ });
    await dialog.getByText('It takes too long').click();
    await dialog.getByRole('button', { name: 'Cancel the order' }).click();
    await expect(customer.getByText('This order was cancelled', { exact: true })).toBeVisible();
    await expect(customer.getByText('It takes too long. You pay nothing.')).toBeVisible();
    await expect(driver.getByText('You’ll hear from us')).toBeVisible();
    await expect(drawer.getByText('Cancelled', { exact: true }).first()).toBeVisible();
  });

  await test.step('ordered again it is a new order, offered and seen as such', async () => {
    await customer.getByRole('button', { name: 'Order again' }).click();
    await customer.getByRole('button', { name: /^Place order/ }).click();
    await customer.waitForURL(
      (url) => /^\/orders\/./.test(url.pathname) && !url.href.includes(late),
    );
    const again = orderIdOf(customer);
    await expect(customer.getByText('Later than promised')).toHaveCount(0);
    await expect(admin.locator(`[data-order="${again}"]`)).toContainText('Stack Yard');
    await expect(driver.getByRole('dialog', { name: 'New offer' })).toContainText('Stack Yard');
    const lines = await sql<{ order_id: string; name: string; quantity: number }[]>`
      SELECT order_id, name, quantity FROM order_lines WHERE order_id IN ${sql([late, again])}`;
    const of = (id: string) =>
      lines.filter((line) => line.order_id === id).map((line) => line.name);
    expect(of(again)).toEqual(of(late));
  });
});
