import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../support/people';

const PHONE = { width: 390, height: 844 };
const OLD_TOWN = { lat: 37.891095, lng: -29.605547 };

const cards = (page: Page): Locator => page.locator('[data-place]');
const cardOf = (page: Page, name: string): Locator => cards(page).filter({ hasText: name });
const search = (page: Page): Locator =>
  page.getByRole('searchbox', { name: /^Search restaurants/ });

/** The page as it is at a door. */
async function goTo(page: Page, path: string, at: { lat: number; lng: number }): Promise<void> {
  await page.addInitScript(
    (place) => localStorage.setItem('hotfoot.place', place),
    JSON.stringify({ at, address: 'A test door' }),
  );
  await page.goto(path);
  if (!path.startsWith('/r/')) {
    await expect(page.getByText('A test door').first()).toBeVisible();
  }
}

test('a guest finds a dish in spite of a typing error, and sees where it is', async ({ page }) => {
  await page.goto('/');
  await search(page).fill('margerita');
  await expect(page.getByRole('status').filter({ hasText: 'margherita' })).toBeVisible();
  await expect(
    cardOf(page, 'Brick & Basil').getByText('Margherita', { exact: true }),
  ).toBeVisible();
  await expect(cards(page)).not.toHaveCount(0);
  for (const card of await cards(page).all()) await expect(card).toContainText('Margherita');
  await search(page).fill('paracetmol');
  await expect(cardOf(page, 'Lighthouse Pharmacy').getByText(/Paracetamol/)).toBeVisible();
  await search(page).fill('zzyzx');
  await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await expect(cards(page).first()).toBeVisible();
  await expect(search(page)).toBeFocused();
});

test('filters narrow the list, stand in the address, and are there again after going back', async ({
  page,
}) => {
  await page.goto('/');
  await page.getByRole('radio', { name: 'Groceries' }).check();
  await expect(cardOf(page, 'Tideway Market')).toBeVisible();
  await expect(cardOf(page, 'Stack Yard')).toHaveCount(0);
  await page.getByRole('radio', { name: 'Restaurants' }).check();
  await page.getByRole('button', { name: 'Thai', exact: true }).click();
  await expect(cardOf(page, 'Thai Heron')).toBeVisible();
  await expect(cards(page)).toHaveCount(3);
  await page.getByLabel('Sort by').selectOption({ label: 'Lowest fee first' });
  await expect(page).toHaveURL(/cuisine=Thai/);
  await expect(page).toHaveURL(/sort=fee/);
  await expect(async () => {
    const fees = await page.getByText(/€[\d.]+ delivery/).allTextContents();
    const amounts = fees.map((text) => Number(text.replace(/[^\d.]/g, '')));
    expect(amounts).toHaveLength(3);
    expect(amounts).toEqual([...amounts].sort((a, b) => a - b));
  }).toPass();
  await cardOf(page, 'Thai Heron').getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Thai Heron' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('button', { name: 'Thai', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await expect(cards(page)).toHaveCount(3);
});

test('the list loads more as one goes, each place once, and no map before it is asked for', async ({
  browser,
  baseURL,
  sql,
}) => {
  const context = await browser.newContext({ baseURL, viewport: PHONE, hasTouch: true });
  const page = await context.newPage();
  const mapRequests: string[] = [];
  page.on('request', (request) => {
    if (/maplibre|city\/streets/.test(request.url())) mapRequests.push(request.url());
  });
  await page.goto('/');
  await expect(cards(page)).toHaveCount(12);
  const [reach] = await sql<{ count: number }[]>`
    SELECT count(*)::int AS count FROM restaurants r
    WHERE kind = 'restaurant'
      AND delivers_to(r, ST_MakePoint(${OLD_TOWN.lng}, ${OLD_TOWN.lat})::geography)`;
  expect(reach?.count).toBeGreaterThan(24);
  const more = page.getByRole('button', { name: 'Show more places' });
  await expect(async () => {
    if (await more.isVisible()) await more.scrollIntoViewIfNeeded({ timeout: 1_000 });
    await expect(cards(page)).toHaveCount(reach?.count ?? 0, { timeout: 1_000 });
  }).toPass();
  await expect(more).toBeHidden();
  const ids = await cards(page).evaluateAll((all) => all.map((card) => card.dataset.place));
  expect(new Set(ids).size).toBe(ids.length);
  expect(mapRequests).toEqual([]);
  await page.getByRole('button', { name: 'Map', exact: true }).click();
  await expect(page.getByRole('region', { name: /^Map of the places/ })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Places on the map' }).getByRole('link')).toHaveCount(
    ids.length,
  );
  await expect.poll(() => mapRequests.length).toBeGreaterThan(0);
  await context.close();
});

test('an address is found, confirmed by its pin and kept; it moves into the account with its guest', async ({
  page,
  sql,
}) => {
  await page.goto('/');
  await page.getByRole('button', { name: /^Deliver to/ }).click();
  const dialog = page.getByRole('dialog');
  const field = dialog.getByRole('combobox', { name: 'Search for an address' });
  await field.fill('turet aley 89');
  await expect(dialog.getByRole('option', { name: /^89 Turret Alley/ })).toBeVisible();
  await field.press('Enter');
  await expect(dialog.getByRole('heading', { name: 'Is the pin at your door?' })).toBeVisible();
  await expect(dialog.getByText(/^89 Turret Alley/)).toBeVisible();
  await dialog.getByLabel('Note for the driver').fill('Second floor');
  await dialog.getByRole('button', { name: 'Home' }).click();
  await dialog.getByRole('button', { name: 'Deliver here' }).click();
  await expect(dialog).toBeHidden();
  const where = page.getByRole('button', { name: /^Deliver to/ });
  await expect(where).toContainText('89 Turret Alley');
  await expect(cards(page).first()).toContainText('Stack Yard');

  await page.reload();
  await where.click();
  await expect(dialog.getByRole('button', { name: /^Home 89 Turret Alley/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Customer', exact: true }).click();
  await page.waitForURL(({ pathname }) => pathname === '/');
  await where.click();
  await expect(dialog.getByRole('button', { name: /^Home 89 Turret Alley/ })).toBeVisible();
  const kept = () => sql`SELECT label, note FROM saved_addresses`;
  await expect.poll(kept).toMatchObject([{ label: 'home', note: 'Second floor' }]);
  expect(await page.evaluate(() => localStorage.getItem('hotfoot.addresses'))).toBe('[]');
  await dialog.getByRole('button', { name: 'Remove Home' }).click();
  await expect(dialog.getByRole('button', { name: /^Home/ })).toHaveCount(0);
  await expect.poll(kept).toEqual([]);
});

test('what closes, opens again or sells out changes at once in the list and in what was found', async ({
  page,
  admin,
  sql,
}) => {
  await goTo(page, '/', OLD_TOWN);
  const card = cardOf(page, 'The Early Loaf');
  const open = page.getByRole('region', { name: 'Open now' });
  const closed = page.getByRole('region', { name: 'Closed' });
  await expect(open.filter({ has: card })).toHaveCount(1);
  await admin.goto('/admin/restaurants');
  await sql`UPDATE restaurants SET paused_until = now() + interval '1 hour' WHERE slug = 'the-early-loaf'`;
  await expect(card.getByText(/^Closed until/)).toBeVisible();
  await expect(closed.filter({ has: card })).toHaveCount(1);
  await sql`UPDATE restaurants SET paused_until = NULL WHERE slug = 'the-early-loaf'`;
  await expect(open.filter({ has: card })).toHaveCount(1);

  await search(page).fill('country loaf');
  const dish = card.getByRole('listitem').filter({ hasText: 'Country loaf' });
  await expect(dish).toContainText('€');
  const soldOut = (value: boolean) => sql`
    UPDATE menu_items SET sold_out = ${value} WHERE name = 'Country loaf'
      AND restaurant_id = (SELECT id FROM restaurants WHERE slug = 'the-early-loaf')`;
  await soldOut(true);
  await expect(dish).toContainText('Sold out');
  await soldOut(false);
  await expect(dish).toContainText('€');
});

test('a shop says how few are left, sells no more than that, and is gone at once', async ({
  page,
  sql,
}) => {
  const setStock = (stock: number) => sql`
    UPDATE menu_items SET stock = ${stock} WHERE name = 'Toothbrush, soft'
      AND restaurant_id = (SELECT id FROM restaurants WHERE slug = 'lighthouse-pharmacy')`;
  await setStock(2);
  await goTo(page, '/r/lighthouse-pharmacy', OLD_TOWN);
  const product = page.getByRole('article').filter({ hasText: 'Toothbrush, soft' });
  await expect(product).toContainText('1 piece');
  await expect(product).toContainText('Only 2 left');
  await product.getByRole('button', { name: 'Toothbrush, soft', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/No allergens are declared/)).toBeVisible();
  const more = dialog.getByRole('button', { name: /^One more/ });
  await more.click();
  await expect(more).toBeDisabled();
  await dialog.getByRole('button', { name: /^Add/ }).click();
  await expect(product.getByRole('button', { name: /^Add Toothbrush/ })).toBeDisabled();
  await setStock(0);
  await expect(product).toContainText('Sold out');
  await setStock(9);
  await expect(product.getByText(/Only|Sold out/)).toHaveCount(0);
  await setStock(2);
});

test('a dish tells its allergens and holds its options between their limits', async ({ page }) => {
  await goTo(page, '/r/stack-yard', OLD_TOWN);
  await page.getByRole('button', { name: 'Double stack', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Contains eggs, gluten, milk, mustard and sesame.')).toBeVisible();
  const extras = dialog.getByRole('group', { name: /^Extras/ });
  for (const name of ['Cheese', 'Avocado', 'Pickles']) await extras.getByLabel(name).check();
  await expect(extras.getByLabel('Egg')).toBeDisabled();
  await expect(extras.getByText('3 of 3')).toBeVisible();
  await extras.getByLabel('Pickles').uncheck();
  await expect(extras.getByLabel('Egg')).toBeEnabled();
});

test('a kitchen with a drawn area delivers up to its border and no farther', async ({
  browser,
  baseURL,
  sql,
}) => {
  // A corner of the area, border included, and a step of a metre beyond it.
  const [at] = await sql<{ corner: string; beyond: string }[]>`
    SELECT ST_AsText(corner) AS corner, ST_AsText(ST_Translate(corner,
      sign(ST_X(corner) - ST_X(location::geometry)) * 0.00001,
      sign(ST_Y(corner) - ST_Y(location::geometry)) * 0.00001)) AS beyond
    FROM restaurants,
      LATERAL (SELECT ST_PointN(ST_ExteriorRing(delivery_area::geometry), 6) AS corner) area
    WHERE slug = 'harbour-hake'`;
  const point = (text = '') => {
    const [lng = 0, lat = 0] = text
      .replace(/[^\d. -]/g, '')
      .trim()
      .split(' ')
      .map(Number);
    return { lat, lng };
  };
  for (const [door, delivers] of [
    [point(at?.corner), true],
    [point(at?.beyond), false],
  ] as const) {
    const context = await browser.newContext({ baseURL });
    const page = await context.newPage();
    await goTo(page, '/?q=harbour+hake', door);
    await expect(cardOf(page, 'Harbour Hake')).toHaveCount(delivers ? 1 : 0);
    await page.goto('/r/harbour-hake');
    const refusal = page.getByText(/^Harbour Hake does not deliver to your address/);
    await expect(page.getByText(/away$/).first()).toBeVisible();
    await expect(refusal).toHaveCount(delivers ? 0 : 1);
    await context.close();
  }
});

test('the address dialog and the map meet no barrier of the keyboard', async ({ page }) => {
  await page.goto('/');
  const where = page.getByRole('button', { name: /^Deliver to/ });
  await where.focus();
  await page.keyboard.press('Enter');
  const field = page.getByRole('combobox', { name: 'Search for an address' });
  await expect(field).toBeFocused();
  await field.pressSequentially('cathedral');
  await expect(page.getByRole('option').first()).toBeVisible();
  await expect(field).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(where).toBeFocused();
});
