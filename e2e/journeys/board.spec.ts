import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../support/people';
import { orderFrom, orderIdOf } from '../support/steps';

const numbersIn = async (places: Locator): Promise<number[]> =>
  (await places.allTextContents()).map((text) => Number(/\d+/.exec(text)?.[0] ?? 0));

/** Without a look at the switch afterwards: an offer may cover it at once. */
async function comeOnline(driver: Page): Promise<void> {
  await driver.goto('/driver');
  await driver.getByRole('switch', { name: 'Online' }).click();
}

/** Where a marker is on a map, which names what stands under the mouse. */
async function spotOf(map: Locator, name: RegExp): Promise<{ x: number; y: number }> {
  const page = map.page();
  const {
    x: left,
    y: top,
    width,
    height,
  } = (await map.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  for (let y = top + 20; y < top + height; y += 24) {
    for (let x = left + 20; x < left + width; x += 24) {
      await page.mouse.move(x, y);
      await page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
      );
      if (await map.getByText(name).isVisible()) return { x, y };
    }
  }
  throw new Error(`nothing on the map is called ${name}`);
}

test('an admin filters by the address, finds by the palette, and assigns in two keystrokes', async ({
  customer,
  driver,
  admin,
  sql,
}) => {
  // A search that ends at once: the order waits for a person.
  await sql`UPDATE zones SET dispatch_policy = '{"maxEmptyRounds": 1, "backoffBaseSeconds": 1, "offerSeconds": 120}'`;
  await admin.goto('/admin');
  await orderFrom(customer, 'Stack Yard', 'Double stack');
  const orderId = orderIdOf(customer);
  // While a page is streamed it holds each card a second time, hidden.
  const card = admin.locator(`[data-order="${orderId}"]:visible`);
  await expect(card).toContainText(/no driver/i);
  const waiting = admin.getByRole('region', { name: /^Without a driver/ });

  await test.step('it stands on top without a driver, with its promise', async () => {
    await expect(waiting.getByRole('listitem')).toHaveCount(1);
    await expect(card).toContainText(/by \d\d:\d\d/);
    await expect(admin).toHaveTitle(/^\(\d+\) /);
  });

  await test.step('the filter is in the address, and says what it hides', async () => {
    await admin.getByRole('combobox', { name: 'Restaurant' }).selectOption({ label: 'Stack Yard' });
    await expect(admin).toHaveURL(/restaurant=[0-9a-f-]{36}/);
    await expect(card).toBeVisible();
    const told = admin.getByText(/^\d+ of \d+ orders, \d+ hidden$/);
    const [shown = 0, total, hidden = 0] =
      ((await told.textContent()) ?? '').match(/\d+/g)?.map(Number) ?? [];
    expect(shown + hidden).toBe(total);
    expect(shown).toBeGreaterThan(0);

    await admin.reload();
    await expect(admin.getByText('Live', { exact: true })).toBeVisible();
    await expect(card).toBeVisible();
    await expect(admin.getByRole('combobox', { name: 'Restaurant' })).not.toHaveValue('');
    await admin.getByRole('searchbox', { name: 'Search orders' }).fill('nobody of this name');
    await expect(admin).toHaveURL(/q=nobody/);
    await expect(card).toBeHidden();
    await admin.getByRole('button', { name: 'Show all' }).click();
    await expect(admin).toHaveURL(/\/admin$/);
    await expect(card).toBeVisible();
  });

  await test.step('the palette opens an order by its number, without a mouse', async () => {
    const number = await card.getByText(/^#\d+$/).textContent();
    await admin.keyboard.press('Control+k');
    await expect(admin.getByRole('combobox', { name: /^Order, driver/ })).toBeFocused();
    await admin.keyboard.type(number ?? '');
    await expect(admin.getByRole('option', { selected: true })).toContainText(number ?? '-');
    await admin.keyboard.press('Enter');
    await expect(admin).toHaveURL(new RegExp(`order=${orderId}`));
    await expect(card).toHaveAttribute('aria-current', 'true');
    // Escape closes what is on top: the palette until it is gone.
    await expect(admin.getByRole('combobox', { name: /^Order, driver/ })).toHaveCount(0);
    await admin.keyboard.press('Escape');
    await expect(card).toBeFocused();
  });

  await test.step('arrows move, and A with a digit gives it to the nearest', async () => {
    await comeOnline(driver);
    const dana = admin
      .getByRole('region', { name: 'Drivers' })
      .getByRole('button', { name: /Dana Swift/ });
    await expect(dana).toContainText('Free');
    await expect(card).toBeFocused();
    await admin.keyboard.press('a');
    await expect(admin.getByRole('radio', { name: /Dana Swift/ })).toBeChecked();
    await admin.keyboard.press('1');
    await expect(card).toContainText('Dana, to the pickup');
    await expect(card).toBeFocused();
    await expect(waiting.getByRole('listitem')).toHaveCount(0);
  });
});

test('a card is dragged onto a driver, and onto nothing else; every count adds up', async ({
  customer,
  driver,
  admin,
  sql,
}) => {
  await sql`UPDATE zones SET dispatch_policy = '{"maxEmptyRounds": 1, "backoffBaseSeconds": 1, "offerSeconds": 120}'`;
  await admin.goto('/admin');
  await orderFrom(customer, 'Stack Yard', 'Double stack');
  const card = admin.locator(`[data-order="${orderIdOf(customer)}"]`);
  await expect(card).toContainText(/no driver/i);
  await comeOnline(driver);
  await expect(card).toContainText('Offering to Dana');
  const drivers = admin.getByRole('region', { name: 'Drivers' });
  const row = drivers.getByRole('button', { name: /Dana Swift/ });
  await expect(row).toContainText('Free');

  const dragOnto = async (target: Locator) => {
    await card.hover();
    await admin.mouse.down();
    await admin.mouse.move(700, 400, { steps: 4 });
    await expect(drivers.getByText(/^Put #\d+ onto a driver/)).toBeVisible();
    await target.hover();
    await target.hover({ position: { x: 30, y: 20 } });
    await admin.mouse.up();
    await expect(drivers.getByText(/^Put #\d+ onto a driver/)).toBeHidden();
  };
  await dragOnto(admin.getByRole('region', { name: 'New', exact: true }));
  await expect(card).toContainText('Offering to Dana');
  await expect(row).toContainText('Free');

  await dragOnto(row);
  await expect(row).toContainText('To pickup');
  await expect(card).toContainText('Dana, to the pickup');

  const states = await numbersIn(drivers.getByRole('group', { name: 'State' }).getByRole('button'));
  const total = await numbersIn(drivers.locator('header .numerals'));
  expect([states.reduce((sum, count) => sum + count, 0)]).toEqual(total);

  await admin.getByText('Undo', { exact: true }).click();
  await expect(row).toContainText('Free');

  await test.step('the map takes it where the driver stands, and nowhere else', async () => {
    // A map begins with everybody in view who is there.
    await admin.reload();
    await expect(row).toContainText('Free');
    const map = admin.getByRole('region', { name: 'Map of drivers and orders' });
    await expect(map).toHaveAttribute('aria-busy', 'false');
    const spot = await spotOf(map, /^Dana Swift/);
    const dropAt = async (x: number, y: number) => {
      await card.hover();
      await admin.mouse.down();
      await admin.mouse.move(700, 400, { steps: 4 });
      await expect(drivers.getByText(/^Put #\d+ onto a driver/)).toBeVisible();
      await admin.mouse.move(x - 1, y);
      await admin.mouse.move(x, y);
      await admin.mouse.up();
      await expect(drivers.getByText(/^Put #\d+ onto a driver/)).toBeHidden();
    };
    const { y: top, height } = (await map.boundingBox()) ?? { y: 0, height: 0 };
    await dropAt(spot.x, spot.y + (spot.y > top + height / 2 ? -70 : 70));
    await expect(row).toContainText('Free');
    await dropAt(spot.x, spot.y);
    await expect(row).toContainText('To pickup');
    await expect(card).toContainText('Dana, to the pickup');
  });
});
