import { ANSWERS, startReceiver } from '@/relay/testing/receiver';
import { expect, test } from '../support/people';
import { orderFrom, orderIdOf } from '../support/steps';

test('an admin tells another system of orders, sees it fail, and sends what was lost again', async ({
  admin,
  customer,
  sql,
}) => {
  await using receiver = await startReceiver();
  const name = `Till ${Date.now()}`;
  const typesGot = () => receiver.received.map(({ body }) => JSON.parse(body).type);
  const row = admin
    .getByRole('list', { name: 'Webhooks' })
    .getByRole('listitem')
    .filter({ hasText: name });

  await test.step('a webhook is made, and its secret shown once', async () => {
    await admin.goto('/admin/settings');
    await admin.getByRole('link', { name: 'Webhooks' }).click();
    await admin.getByRole('button', { name: 'New webhook' }).click();
    const dialog = admin.getByRole('dialog', { name: 'New webhook' });
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByLabel('Address').fill('nowhere');
    await dialog.getByLabel('Events').fill('order.placed, delivery');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await expect(dialog.getByText('Write types like')).toBeVisible();
    await dialog.getByLabel('Events').fill('order.placed');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await expect(dialog.getByRole('alert')).toContainText('can’t be called');
    await dialog.getByLabel('Address').fill(receiver.url);
    await dialog.getByRole('button', { name: 'Create' }).click();
    const secret = admin.getByRole('dialog', { name: 'The secret' });
    await expect(secret.getByText(/^whsec_/)).toBeVisible();
    await secret.getByRole('button', { name: 'I have kept it' }).click();
    await expect(row).toContainText('Nothing sent yet');
    await expect(admin.getByText(/whsec_/)).toHaveCount(0);
  });

  await test.step('the test button says what came back', async () => {
    await row.getByRole('button', { name: `Test ${name}` }).click();
    await expect(admin.getByText(new RegExp(`${name} answered 204`))).toBeVisible();
    expect(typesGot()).toEqual(['webhook.test']);
  });

  await test.step('an order arrives there, and the log tells it', async () => {
    await orderFrom(customer, 'Stack Yard', 'Double stack');
    const orderId = orderIdOf(customer);
    await expect.poll(typesGot).toContain('order.placed');
    const event = JSON.parse(receiver.received.at(-1)?.body ?? '');
    expect(event).toMatchObject({ streamId: orderId, data: { order: { id: orderId, pin: null } } });
    await expect(row).toContainText('Delivers');
    await row.getByRole('button', { name: `Log of ${name}` }).click();
    const log = admin.getByRole('dialog', { name: `Log of ${name}` });
    await expect(log.getByRole('listitem').first()).toContainText('204');
    await expect(log.getByText('order.placed')).toBeVisible();
    await admin.keyboard.press('Escape');
  });

  await test.step('while it is out of order the page says so', async () => {
    receiver.state.answer = ANSWERS.broken;
    await orderFrom(customer, 'Stack Yard', 'Double stack');
    await expect(row).toContainText('Failing');
    await expect(row).toContainText('It answered 500.');
  });

  await test.step('what was given up is redriven from the dead letters, and arrives', async () => {
    // Twelve tries take half an hour: all but the last are over, and what is under way counts no more.
    await sql`UPDATE relay_destinations SET attempts = 11, next_attempt_at = now(),
      lease_holder = NULL, lease_until = NULL WHERE name = ${name}`;
    const letters = () => sql`SELECT l.id FROM relay_letters l
      JOIN relay_destinations d ON d.id = l.destination_id WHERE d.name = ${name} AND l.status = 'dead'`;
    await expect.poll(async () => (await letters()).length, { timeout: 30_000 }).toBe(1);
    await admin.goto('/admin/events/dead');
    const letter = admin.getByRole('main').getByRole('listitem').filter({ hasText: name });
    await expect(letter).toContainText('Webhook');
    await expect(letter).toContainText('It answered 500.');
    receiver.state.answer = ANSWERS.ok;
    const before = receiver.received.length;
    await letter.getByRole('button', { name: /^Redrive/ }).click();
    await expect(letter).toHaveCount(0);
    await expect.poll(() => receiver.received.length).toBeGreaterThan(before);
    expect(receiver.received.at(-1)?.id).toBe(receiver.received.at(-2)?.id);
  });

  await test.step('it is removed', async () => {
    await admin.goto('/admin/settings/webhooks');
    await row.getByRole('button', { name: `Remove ${name}` }).click();
    await admin
      .getByRole('dialog')
      .or(admin.getByRole('alertdialog'))
      .getByRole('button', { name: 'Remove' })
      .click();
    await expect(row).toHaveCount(0);
  });
});
