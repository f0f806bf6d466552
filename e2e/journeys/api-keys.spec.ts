import { expect, test } from '../support/people';

test('an admin makes a key for a machine, which calls the API until it is revoked', async ({
  admin,
  request,
}) => {
  const name = `Till ${Date.now()}`;
  await admin.goto('/admin/settings');
  await admin.getByRole('button', { name: 'Make a key' }).click();
  const dialog = admin.getByRole('dialog', { name: 'New API key' });
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('Read orders and their events').check();
  await dialog.getByRole('button', { name: 'Make the key' }).click();

  const done = admin.getByRole('dialog', { name: 'Your new key' });
  const secret = await done.getByLabel('Secret').inputValue();
  expect(secret).toMatch(/^hfk_/);
  await done.getByRole('button', { name: 'Done' }).click();
  const row = admin.getByRole('listitem').filter({ hasText: name }).first();
  await expect(row).toContainText('never used');
  await expect(admin.getByRole('main')).not.toContainText(secret);

  const headers = { authorization: `Bearer ${secret}` };
  const listed = await request.get('/api/v1/orders', { headers });
  expect(listed.status()).toBe(200);
  const events = await request.get('/api/v1/events', { headers });
  expect(events.status()).toBe(403);

  await row.getByRole('button', { name: 'Revoke' }).click();
  await admin.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(row).toContainText('Revoked');
  await expect
    .poll(async () => (await request.get('/api/v1/orders', { headers })).status())
    .toBe(401);
});

test('the API’s documentation is read without a word from elsewhere', async ({ page, baseURL }) => {
  const elsewhere: string[] = [];
  const complaints: string[] = [];
  page.on('request', (asked) => {
    if (!asked.url().startsWith(baseURL ?? '') && !asked.url().startsWith('data:')) {
      elsewhere.push(asked.url());
    }
  });
  page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()));
  await page.goto('/api/docs');
  await expect(page.getByText('Place an order', { exact: true })).toBeVisible();
  await page.getByText('Place an order', { exact: true }).click();
  await expect(page.getByText('Idempotency-Key').first()).toBeVisible();
  expect(elsewhere).toEqual([]);
  expect(complaints).toEqual([]);
});
