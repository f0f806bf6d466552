import { readFile } from 'node:fs/promises';
import { expect, test } from '../support/people';

const PASSWORD = 'a long enough password';

test('a customer takes their data along and deletes their account; a second one for the address tells nobody', async ({
  page,
  admin,
  sql,
}) => {
  const email = `gita-${Date.now()}@example.test`;
  const fill = async (password: string) => {
    await page.goto('/sign-up');
    await page.getByLabel('Name').fill('Gita Guest');
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Create account' }).click();
  };
  await fill(PASSWORD);
  await page.waitForURL((url) => url.pathname === '/');
  const [person] = await sql`SELECT id FROM users WHERE email = ${email}`;

  await test.step('who tries the address again learns no more than at the door', async () => {
    await page.context().clearCookies();
    await fill('some other password');
    await expect(page.getByText(/^With this password we can’t let you in/)).toBeVisible();
    const [mail] = await sql`SELECT kind FROM account_mails WHERE user_id = ${person?.id}`;
    expect(mail?.kind).toBe('sign_up_known');
  });

  await test.step('the file holds what is known of them', async () => {
    await page.goto('/sign-in?next=/account');
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(/\/account$/);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download my data' }).click();
    const document = JSON.parse(await readFile(await (await saved).path(), 'utf8'));
    expect(document.account).toMatchObject({ name: 'Gita Guest', email });
  });

  await test.step('a wrong password deletes nothing, the right one all', async () => {
    await page.getByRole('button', { name: 'Delete my account' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Delete your account?' });
    await dialog.getByLabel('Your password').fill('not this one');
    await dialog.getByRole('button', { name: 'Delete for good' }).click();
    await expect(dialog.getByText(/^This is not the password/)).toBeVisible();
    await dialog.getByLabel('Your password').fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Delete for good' }).click();
    await page.waitForURL((url) => url.pathname === '/');
    await expect(page.getByRole('link', { name: 'Sign in' }).first()).toBeVisible();
    expect(await sql`SELECT FROM users WHERE email = ${email}`).toHaveLength(0);
  });

  await test.step('an admin sees that there was somebody, and who is there still', async () => {
    await admin.goto('/admin/people');
    const gone = admin.getByRole('listitem').filter({ hasText: `erased-${person?.id}` });
    await gone.getByRole('button').click();
    await expect(admin.getByText(/^This account was deleted on/)).toBeVisible();
  });
});

test('an admin exports and deletes a customer, and is asked why', async ({ admin, sql }) => {
  const name = `Olga Old ${Date.now()}`;
  const [person] = await sql`
    INSERT INTO users (email, name, password_hash, role)
    VALUES (${`${Date.now()}@example.test`}, ${name}, 'none', 'customer') RETURNING id`;
  await admin.goto('/admin/people');
  await admin.getByRole('listitem').filter({ hasText: name }).getByRole('button').click();
  const sheet = admin.getByRole('dialog', { name });
  const saved = admin.waitForEvent('download');
  await sheet.getByRole('button', { name: 'Export data' }).click();
  expect(await readFile(await (await saved).path(), 'utf8')).toContain(name);
  await sheet.getByRole('button', { name: 'Delete account' }).click();
  const asked = admin.getByRole('alertdialog', { name: `Delete the account of ${name}?` });
  await asked.getByLabel('Why?').selectOption({ label: 'The law or a court demands it' });
  await asked.getByRole('button', { name: 'Delete for good' }).click();
  await expect(admin.getByText('The account is deleted', { exact: true })).toBeVisible();
  const changes =
    await sql`SELECT type, data FROM changes WHERE subject_id = ${person?.id} ORDER BY at`;
  expect(changes).toMatchObject([
    { type: 'person.exported' },
    { type: 'person.erased', data: { reason: 'law' } },
  ]);
});
