import type { Page } from '@playwright/test';
import { connect } from '@/db/client';
import { makeTown } from '@/db/testing/town';
import { makePng } from '@/domain/picture.testing';
import { expectNoViolations } from '../support/barriers';
import { expect, test } from '../support/people';
import { readRun } from '../support/run';

const CSV = `section,dish,price
House specials,Harvest bowl,13.00
Sweets,Plum cake,4.20
Sweets,Air,free
`;

/** The names of a section's dishes, in their order. */
const dishesIn = (page: Page, section: string) =>
  page.getByRole('region', { name: section, exact: true }).getByRole('button', { name: /^Edit / });

/** By day and by night. */
async function expectNoBarrier(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expectNoViolations(page, `${page.url()} in ${colorScheme}`);
  }
}

test('an admin adds a dish, moves it, imports a menu after a dry run, and a customer’s page follows', async ({
  customer,
  admin,
  sql,
}) => {
  const [place] = await sql<{ id: string }[]>`SELECT id FROM restaurants WHERE slug = 'stack-yard'`;
  const desk = `/admin/restaurants/${place?.id}`;
  await customer.goto('/r/stack-yard');
  await admin.goto(desk);
  const section = admin.getByRole('region', { name: 'House specials', exact: true });
  await admin.getByLabel('New section').fill('House specials');
  await admin.getByRole('button', { name: 'Add section' }).click();

  await test.step('a new dish with options stands on the customer’s page', async () => {
    for (const [name, price] of [
      ['Harvest bowl', '12.50'],
      ['Garden wrap', '9.00'],
    ] as const) {
      await section.getByRole('button', { name: 'Add a dish to House specials' }).click();
      const dialog = admin.getByRole('dialog', { name: 'New dish in House specials' });
      await dialog.getByLabel('Name', { exact: true }).fill(name);
      await dialog.getByRole('button', { name: 'Save' }).click();
      await expect(dialog.getByText('An amount, as in 9.50.')).toBeVisible();
      await dialog.getByLabel(/^Price/).fill(price);
      await dialog.getByRole('button', { name: 'Save' }).click();
      await expect(dialog).toBeHidden();
      await expect(customer.getByRole('button', { name, exact: true })).toBeVisible();
    }
  });

  await test.step('moved by key and by pointer, it moves there too', async () => {
    const order = () => customer.getByRole('button', { name: /^(Harvest bowl|Garden wrap)$/ });
    const names = async () =>
      (await order().evaluateAll((all) => all.map((each) => each.textContent ?? ''))).map(
        (text) => /Harvest bowl|Garden wrap/.exec(text)?.[0],
      );
    await admin.getByRole('button', { name: 'Move Garden wrap up' }).press('Enter');
    await expect(admin.getByText('Garden wrap is number 1 of 2 in House specials.')).toBeAttached();
    await expect(dishesIn(admin, 'House specials').last()).toHaveAccessibleName(
      'Edit Harvest bowl',
    );
    await expect.poll(names).toEqual(['Garden wrap', 'Harvest bowl']);
    const row = (name: string) => admin.locator('[data-dish]', { hasText: name });
    await row('Harvest bowl').locator('[draggable]').dragTo(row('Garden wrap'));
    await expect.poll(names).toEqual(['Harvest bowl', 'Garden wrap']);
  });

  await test.step('a section is moved by key as well, and that is said', async () => {
    const up = admin.getByRole('button', { name: 'Move House specials up' });
    await up.press('Enter');
    await expect(admin.getByText(/^House specials is section \d+ of \d+\.$/)).toBeAttached();
    await expect(admin.getByRole('button', { name: 'Move House specials down' })).toBeEnabled();
    await expect(up).toBeFocused();
  });

  await test.step('a file says line by line what it would do, and then does it', async () => {
    await admin.goto(`${desk}?part=file`);
    const file = admin.getByRole('button', { name: 'Choose a CSV or JSON file' });
    await expect(file).toBeEnabled();
    await file.setInputFiles({
      ...{ name: 'menu.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) },
    });
    const plan = admin.getByRole('region', { name: 'What would change' });
    await expect(plan.getByText('1 new · 1 changed · 0 unchanged · 1 refused')).toBeVisible();
    await expect(plan.getByRole('listitem').first()).toContainText('€13.00');
    await expect(plan.getByText('The price is no amount that can be.')).toBeVisible();
    await expect(customer.getByText('Plum cake')).toHaveCount(0);
    await admin.getByRole('button', { name: 'Import 2 dishes' }).click();
    await expect(customer.getByRole('button', { name: 'Plum cake', exact: true })).toBeVisible();
    await expect(customer.getByText('€13.00').first()).toBeVisible();
  });

  await test.step('a holiday today closes it for whoever looks', async () => {
    await admin.goto(`${desk}?part=hours`);
    await admin.getByRole('button', { name: 'Add a day' }).click();
    const [today] = await sql<{ day: string }[]>`
      SELECT to_char(now() AT TIME ZONE time_zone, 'YYYY-MM-DD') AS day FROM restaurants
      WHERE slug = 'stack-yard'`;
    await admin.getByLabel('Date').fill(today?.day ?? '');
    await admin.getByRole('button', { name: 'Save' }).click();
    await expect(customer.getByText(/closed/i).first()).toBeVisible();
    await sql`UPDATE restaurants SET holidays = '{}' WHERE slug = 'stack-yard'`;
    await expect(customer.getByText(/closed/i)).toHaveCount(0);
  });

  await test.step('no part of the desk meets a barrier, by day or night', async () => {
    const parts = ['menu', 'details', 'hours', 'area', 'file'].map(
      (part) => `${desk}?part=${part}`,
    );
    for (const path of [...parts, '/admin/restaurants/new']) {
      await admin.goto(path);
      await expect(admin.locator('[aria-busy="true"]')).toHaveCount(0);
      await expectNoBarrier(admin);
    }
  });

  await sql`DELETE FROM menu_sections WHERE restaurant_id = ${place?.id ?? ''}
    AND name IN ('House specials', 'Sweets')`;
});

test('a restaurant gets another address, another clock and a photo', async ({
  admin,
  customer,
}) => {
  const { db, close } = connect(readRun().databaseUrl, { max: 1 });
  const { restaurantId, slug } = await makeTown(db);
  await close();
  const desk = `/admin/restaurants/${restaurantId}`;

  await test.step('links to the old address lead on', async () => {
    await admin.goto(`${desk}?part=details`);
    const address = admin.getByLabel('Web address');
    await address.fill('No Address');
    await admin.getByRole('button', { name: 'Save' }).click();
    await expect(admin.getByText('Small Latin letters, digits and single hyphens')).toBeVisible();
    await address.fill(`moved-${slug}`);
    await expect(admin.getByText(`Links to /r/${slug} will lead here`)).toBeVisible();
    await admin.getByRole('button', { name: 'Save' }).click();
    await expect(admin.getByText('The details are saved')).toBeVisible();
    await customer.goto(`/r/${slug}`);
    await customer.waitForURL(`**/r/moved-${slug}`);
    await expect(customer.getByRole('heading', { name: 'Test Kitchen' })).toBeVisible();
  });

  await test.step('a large photo is sent small', async () => {
    const photo = { name: 'large.png', mimeType: 'image/png', buffer: makePng(3_200, 1_600) };
    await admin.getByLabel('Choose a photo').setInputFiles(photo);
    await expect(admin.getByRole('button', { name: 'Remove photo' })).toBeVisible();
    const shown = admin.locator('img[src^="/api/photos/"]').first();
    await expect
      .poll(() =>
        shown.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight]),
      )
      .toEqual([1_600, 800]);
  });

  await test.step('another clock says what it does to the hours', async () => {
    await admin.goto(`${desk}?part=hours`);
    await admin.getByLabel('On the clock of').selectOption('Asia/Tokyo');
    await expect(admin.getByText(/^There it is \d\d:\d\d now, by the present clock/)).toBeVisible();
    await expectNoBarrier(admin);
    await admin.getByRole('button', { name: 'Save' }).click();
    await expect(admin.getByText('The hours are saved')).toBeVisible();
    await expect(admin.getByLabel('On the clock of')).toHaveValue('Asia/Tokyo');
    await expect(admin.getByText(/^There it is/)).toHaveCount(0);
  });
});

test('what a kitchen must see climbs by a ladder of its own', async ({ admin, sql }) => {
  const [place] = await sql<{ id: string }[]>`SELECT id FROM restaurants WHERE slug = 'stack-yard'`;
  await admin.goto(`/admin/restaurants/${place?.id}?part=ladder`);
  const form = admin.getByRole('form', { name: 'What the kitchen must see' });
  const order = form.getByRole('group', { name: 'A new order' });
  const ends = order.getByLabel('Order ends, after');
  await expect(ends).toHaveValue('10:00');
  await expect(ends).toBeDisabled();
  await form.getByRole('switch', { name: 'A ladder for this restaurant alone' }).click();
  await expectNoBarrier(admin);
  await ends.fill('0:20');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(order.getByText('This comes last: not before the others')).toBeVisible();
  await ends.fill('8:30');
  await order.getByRole('switch', { name: 'SMS to staff' }).click();
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(admin.getByText('What the kitchen must see is saved')).toBeVisible();
  const [row] =
    await sql`SELECT ladder FROM must_see_ladders WHERE restaurant_id = ${place?.id ?? ''}`;
  expect(row?.ladder.placed.at(-1)).toEqual({ kind: 'cancel', afterSeconds: 510 });
  expect(JSON.stringify(row?.ladder.placed)).not.toContain('sms');
  await admin.reload();
  await expect(ends).toHaveValue('8:30');
  await form.getByRole('switch', { name: 'A ladder for this restaurant alone' }).click();
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(ends).toHaveValue('10:00');
  await expect(form.getByRole('button', { name: 'Save' })).toBeDisabled();

  await test.step('and that of all restaurants is set with the settings', async () => {
    await admin.goto('/admin/settings');
    const ours = form.getByRole('switch', { name: 'A ladder of ours for all restaurants' });
    await ours.click();
    await ends.fill('12:00');
    await form.getByRole('button', { name: 'Save' }).click();
    const changes = admin.getByRole('region', { name: 'Changes' });
    await expect(changes.getByRole('listitem').first()).toContainText('What all kitchens must see');
    await admin.goto(`/admin/restaurants/${place?.id}?part=ladder`);
    await expect(ends).toHaveValue('12:00');
    await admin.goto('/admin/settings');
    await ours.click();
    await form.getByRole('button', { name: 'Save' }).click();
    await expect(form.getByText('It is as it comes.')).toBeVisible();
    await expect(form.getByRole('button', { name: 'Save' })).toBeDisabled();
  });
});
