import { readdir, readFile } from 'node:fs/promises';
import { expect, TOWN, test } from '../support/people';
import { readRun } from '../support/run';
import { goOnline } from '../support/steps';

const PHONE = { width: 390, height: 844 };

/** The link in the mail to this address, once it has been sent. */
async function linkMailedTo(email: string): Promise<string> {
  const mails = `${readRun().dataDir}/mail`;
  let link = '';
  await expect
    .poll(async () => {
      const names = await readdir(mails).catch(() => []);
      for (const name of names
        .filter((each) => each.endsWith('.eml'))
        .sort()
        .reverse()) {
        const mail = (await readFile(`${mails}/${name}`, 'utf8')).replace(/=\r?\n/g, '');
        if (!mail.includes(email)) continue;
        link = /\/join\/[\w-]{32}/.exec(mail)?.[0] ?? '';
        break;
      }
      return link;
    })
    .not.toBe('');
  return link;
}

test('the list of people follows what happens elsewhere', async ({ admin, sql }) => {
  const name = `Nora ${Date.now()}`;
  await admin.goto('/admin/people');
  await admin.getByRole('searchbox', { name: 'Search people' }).fill(name);
  await expect(admin.getByText('Nobody matches')).toBeVisible();
  await sql`
    INSERT INTO users (email, name, role, password_hash)
    VALUES (${`${Date.now()}@example.test`}, ${name}, 'customer', 'none')`;
  await expect(admin.getByRole('button', { name })).toBeVisible();
});

test('a driver is invited, joins, works, and is blocked: their page says so and does nothing', async ({
  admin,
  browser,
  baseURL,
}) => {
  const email = `nils-${Date.now()}@example.test`;
  const [name, password] = [`Nils ${Date.now()}`, 'a long enough password'];
  const context = await browser.newContext({
    ...{ baseURL, viewport: PHONE, isMobile: true, hasTouch: true },
    ...{ geolocation: TOWN, permissions: ['geolocation'] },
  });
  const driver = await context.newPage();

  await test.step('an invitation goes out by mail', async () => {
    await admin.goto('/admin/people');
    await admin.getByRole('button', { name: 'Invite' }).click();
    const dialog = admin.getByRole('dialog', { name: 'Invite somebody' });
    await dialog.getByLabel('E-mail').fill(email);
    await dialog.getByRole('button', { name: 'Send the invitation' }).click();
    const invitation = admin.getByRole('main').getByRole('listitem').filter({ hasText: email });
    await expect(invitation).toContainText('Invited, good until');
  });

  await test.step('its link makes an account, once', async () => {
    const link = await linkMailedTo(email);
    await driver.goto(link);
    await driver.getByLabel('Name').fill(name);
    await driver.getByLabel('Password').fill(password);
    await driver.getByRole('button', { name: 'Join' }).click();
    await driver.waitForURL(/\/driver$/);
    await goOnline(driver);
    const second = await context.newPage();
    await second.goto(link);
    await expect(second.getByText('This link does not work any more')).toBeVisible();
    await second.close();
  });

  await test.step('an admin sees where they are signed in, and blocks them', async () => {
    await admin.getByRole('searchbox', { name: 'Search people' }).fill(name);
    await admin.getByRole('button', { name }).click();
    const sheet = admin.getByRole('dialog', { name });
    await expect(sheet.getByText(/^Chrome on /)).toBeVisible();
    await sheet.getByRole('button', { name: 'Block' }).click();
    const dialog = admin.getByRole('alertdialog');
    await dialog.getByLabel('Why?').fill('Keeps the change');
    await dialog.getByRole('button', { name: 'Block' }).click();
    await driver.waitForURL(/blocked/, { timeout: 5_000, waitUntil: 'commit' });
    await expect(driver.getByText(/^This account is blocked/)).toBeVisible();
    await expect(sheet.getByText('Reason: Keeps the change')).toBeVisible();
  });

  await test.step('and nothing lets them in', async () => {
    await driver.goto('/driver');
    await expect(driver).toHaveURL(/\/sign-in\?blocked/);
    await driver.goto('/sign-in');
    await driver.getByLabel('E-mail').fill(email);
    await driver.getByLabel('Password').fill(password);
    await driver.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(driver.getByText(/^This account is blocked/)).toBeVisible();
  });
  await context.close();
});

test('a zone is drawn on the map and a code is made; both count at the next checkout', async ({
  admin,
  customer,
  sql,
}) => {
  const zone = `Test zone ${Date.now()}`;
  const code = `E2E${Date.now()}`;
  await test.step('a zone, by pointer and by keyboard', async () => {
    await admin.goto('/admin/zones');
    await admin.getByRole('button', { name: 'Draw a zone' }).click();
    const map = admin.getByRole('region', { name: 'Area' });
    await expect(map).toHaveAttribute('aria-busy', 'false');
    for (const position of [
      { x: 300, y: 120 },
      { x: 500, y: 120 },
      { x: 500, y: 260 },
      { x: 300, y: 260 },
    ]) {
      await map.click({ position });
    }
    await expect(admin.getByText(/^4 corners/)).toBeVisible();
    const corner = map.getByRole('button', { name: 'Corner 1 of 4' });
    const before = await corner.boundingBox();
    await corner.press('ArrowLeft');
    await expect.poll(async () => (await corner.boundingBox())?.x).toBeLessThan(before?.x ?? 0);
    await map.getByRole('button', { name: 'Add a corner after corner 1' }).press('Enter');
    await expect(admin.getByText(/^5 corners/)).toBeVisible();
    await map.getByRole('button', { name: 'Corner 2 of 5' }).press('Delete');
    await expect(admin.getByText(/^4 corners/)).toBeVisible();
    await admin.getByLabel('Name').fill(zone);
    await admin.getByLabel('On top of the delivery fee').fill('1.30');
    await admin.getByRole('button', { name: 'Save' }).click();
    await expect(admin.getByRole('heading', { name: zone, exact: true })).toBeVisible();
    const [drawn] = await sql`
      SELECT delivery_surcharge AS fee, ST_NPoints(area::geometry) AS points
      FROM zones WHERE name = ${zone}`;
    expect(drawn).toEqual({ fee: 130, points: 5 });
  });

  await test.step('a code that takes off', async () => {
    await admin.goto('/admin/settings');
    await admin.getByRole('button', { name: 'New code' }).click();
    const dialog = admin.getByRole('dialog', { name: 'New code' });
    await dialog.getByRole('textbox', { name: 'Code' }).fill(code);
    await dialog.getByRole('textbox', { name: /^Percent/ }).fill('25');
    await dialog.getByLabel('Good at').selectOption('Stack Yard');
    await dialog.getByRole('button', { name: 'Make the code' }).click();
    await expect(admin.getByText(code, { exact: true })).toBeVisible();
    await expect(admin.getByText(`Code made: ${code}`)).toBeVisible();
    await expect(admin.getByText(/at Stack Yard/).first()).toBeVisible();
    await customer.goto('/');
    await customer.getByRole('link', { name: 'Stack Yard' }).first().click();
    await customer.getByRole('button', { name: 'Double stack', exact: true }).click();
    await customer.getByRole('dialog').getByRole('button', { name: /^Add/ }).click();
    await customer.goto('/checkout');
    await customer.getByRole('textbox', { name: /^Code/ }).fill(code.toLowerCase());
    await customer.getByRole('button', { name: 'Apply' }).click();
    await expect(customer.getByText(`Code ${code}`)).toBeVisible();
  });

  await test.step('the zone is retired again', async () => {
    await admin.goto('/admin/zones');
    await admin.getByRole('button', { name: `Retire ${zone}` }).click();
    await admin.getByRole('alertdialog').getByRole('button', { name: 'Retire' }).click();
    await expect(admin.getByRole('heading', { name: zone, exact: true })).toBeHidden();
  });
});
