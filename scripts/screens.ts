import { mkdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from '@playwright/test';
import { findBrowser } from '../e2e/support/browser';
import { LOCALE_COOKIE } from '../src/i18n/locales';

/**
 * `npm run screens -- --url http://localhost:3000`: every page of a running demo, at phone and desktop
 * size, light and dark, into docs/screens.
 */

const FOLDER = 'docs/screens';
const SIZES = {
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  desktop: { viewport: { width: 1440, height: 900 }, isMobile: false, hasTouch: false },
} as const;
type Size = keyof typeof SIZES;
type Scheme = 'light' | 'dark';

type Shot = { name: string; path: string; before?: (page: Page) => Promise<unknown> };

const addDish = async (page: Page) => {
  await page.getByRole('button', { name: 'Double stack', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /^More|Increase|One more/ }).click();
  await dialog.getByRole('button', { name: /^Add/ }).click();
};

/** The latest order that has arrived; false while there is none. */
const openPast = async (page: Page): Promise<boolean> => {
  const arrived = page.locator('article', { hasText: 'Delivered' }).first();
  if (!(await arrived.isVisible())) return false;
  await arrived.getByRole('link').first().click();
  await page.waitForURL(/\/orders\/./);
  return true;
};

const openDesk = (part: string) => async (page: Page) => {
  await page.getByRole('link', { name: 'Edit Stack Yard' }).click();
  await page.waitForURL(/\/restaurants\/./);
  await page.goto(`${page.url()}?part=${part}`);
};

const replayLastDay = async (page: Page) => {
  const zone = page.getByRole('form').first();
  await zone.getByRole('radio', { name: /^Batch/ }).check();
  const preview = zone.getByRole('region', { name: 'What if?' });
  await preview.getByRole('button', { name: 'Replay', exact: true }).click();
  await preview.getByRole('button', { name: 'Replay again' }).waitFor({ timeout: 300_000 });
  await preview.evaluate((each) => {
    each.style.scrollMarginTop = '5rem';
    each.scrollIntoView();
  });
};

type Person = 'Guest' | 'Customer' | 'Driver' | 'Admin' | 'Kitchen';

const SHOTS: Record<Person, Shot[]> = {
  Guest: [
    { name: 'discover', path: '/' },
    { name: 'restaurant', path: '/r/stack-yard' },
    {
      name: 'dish',
      path: '/r/stack-yard',
      before: (page) => page.getByRole('button', { name: 'Double stack', exact: true }).click(),
    },
    { name: 'sign-in', path: '/sign-in' },
    { name: 'sign-up', path: '/sign-up' },
  ],
  Customer: [
    { name: 'cart', path: '/r/stack-yard', before: addDish },
    { name: 'checkout', path: '/checkout' },
    {
      name: 'order',
      path: '/checkout',
      before: async (page) => {
        await page.getByRole('button', { name: /^Place order/ }).click();
        await page.waitForURL(/\/orders\/./);
      },
    },
    { name: 'orders', path: '/orders' },
    { name: 'arrived', path: '/orders', before: openPast },
    {
      name: 'receipt',
      path: '/orders',
      before: async (page) => {
        if (!(await openPast(page))) return false;
        await page.getByRole('link', { name: 'Receipt' }).click();
        await page.waitForURL(/\/receipt$/);
        return true;
      },
    },
    { name: 'account', path: '/account' },
  ],
  Driver: [
    {
      name: 'driver',
      path: '/driver',
      before: async (page) => {
        const duty = page.getByRole('switch', { name: 'Online' });
        // An offer may cover it: the demo is alive.
        if (!(await duty.isVisible())) return;
        if ((await duty.getAttribute('aria-checked')) === 'false') await duty.click();
      },
    },
    { name: 'driver-history', path: '/driver/history' },
  ],
  Admin: [
    { name: 'board', path: '/admin' },
    {
      name: 'board-story',
      path: '/admin',
      before: (page) => page.locator('[data-order]:visible').first().click(),
    },
    {
      name: 'board-palette',
      path: '/admin',
      before: (page) => page.keyboard.press('Control+k'),
    },
    { name: 'admin-restaurants', path: '/admin/restaurants' },
    { name: 'admin-menu', path: '/admin/restaurants', before: openDesk('menu') },
    { name: 'admin-area', path: '/admin/restaurants', before: openDesk('area') },
    { name: 'admin-details', path: '/admin/restaurants', before: openDesk('details') },
    { name: 'admin-hours', path: '/admin/restaurants', before: openDesk('hours') },
    { name: 'admin-ladder', path: '/admin/restaurants', before: openDesk('ladder') },
    { name: 'admin-drivers', path: '/admin/drivers' },
    { name: 'admin-dispatch', path: '/admin/dispatch' },
    { name: 'admin-dispatch-preview', path: '/admin/dispatch', before: replayLastDay },
    { name: 'admin-eta', path: '/admin/eta' },
    { name: 'admin-analytics', path: '/admin/analytics' },
    {
      name: 'admin-analytics-rows',
      path: '/admin/analytics?period=7&by=restaurant',
      before: (page) =>
        page.locator('#breakdown-heading').evaluate((each) => each.scrollIntoView()),
    },
    {
      name: 'admin-story',
      path: '/admin',
      before: async (page) => {
        const order = await page.locator('[data-order]').last().getAttribute('data-order');
        if (!order) return false;
        await page.goto(`/admin/orders/${order}?at=6`);
        return true;
      },
    },
    { name: 'admin-events', path: '/admin/events' },
    { name: 'admin-dead-letters', path: '/admin/events/dead' },
    { name: 'admin-people', path: '/admin/people' },
    {
      name: 'admin-person',
      path: '/admin/people',
      before: async (page) => {
        await page.getByPlaceholder('Name or e-mail').fill('driver@hotfoot.test');
        await page.getByRole('button', { name: 'driver@hotfoot.test' }).click();
      },
    },
    { name: 'admin-zones', path: '/admin/zones' },
    {
      name: 'admin-zone-form',
      path: '/admin/zones',
      before: (page) => page.getByRole('button', { name: 'Edit Gannet Point' }).click(),
    },
    { name: 'admin-settings', path: '/admin/settings' },
    {
      name: 'admin-settings-ladder',
      path: '/admin/settings',
      before: (page) => page.locator('#ladder-title').evaluate((each) => each.scrollIntoView()),
    },
    { name: 'admin-webhooks', path: '/admin/settings/webhooks' },
    {
      name: 'admin-promo',
      path: '/admin/settings',
      before: (page) => page.getByRole('button', { name: 'New code' }).click(),
    },
  ],
  Kitchen: [
    { name: 'kitchen', path: '/kitchen' },
    {
      name: 'kitchen-menu',
      path: '/kitchen',
      before: (page) => page.getByRole('button', { name: 'Menu and pause' }).click(),
    },
  ],
};

/** Pictures wait a little longer than tests would: maps load after the page and then glide. */
async function settle(page: Page): Promise<void> {
  for (const pauseMs of [1_500, 2_000]) {
    await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
    await wait(pauseMs);
  }
}

/** In the other direction: by path alone, since the words are others. */
const ARABIC: Record<Person, Shot[]> = {
  Guest: [
    { name: 'discover-ar', path: '/' },
    { name: 'restaurant-ar', path: '/r/stack-yard' },
  ],
  Customer: [
    { name: 'orders-ar', path: '/orders' },
    {
      name: 'order-ar',
      path: '/orders',
      before: async (page) => {
        await page.locator('a[href^="/orders/"]').first().click();
        await page.waitForURL(/\/orders\/./);
      },
    },
  ],
  Driver: [{ name: 'driver-ar', path: '/driver' }],
  Admin: [{ name: 'board-ar', path: '/admin' }],
  Kitchen: [{ name: 'kitchen-ar', path: '/kitchen' }],
};

type Take = { url: string; size: Size; scheme: Scheme; language: 'en' | 'ar' };

async function take(browser: Browser, { url, size, scheme, language }: Take): Promise<void> {
  for (const [who, shots] of Object.entries(language === 'ar' ? ARABIC : SHOTS)) {
    const context = await browser.newContext({
      ...SIZES[size],
      baseURL: url,
      colorScheme: scheme,
      locale: 'en-GB',
      geolocation: { latitude: 37.9, longitude: -29.6 },
      permissions: ['geolocation'],
    });
    const page = await context.newPage();
    if (who !== 'Guest') {
      await page.goto('/sign-in');
      await page.getByRole('button', { name: who, exact: true }).click();
      await page.waitForURL(({ pathname }) => pathname !== '/sign-in');
    }
    await context.addCookies([{ name: LOCALE_COOKIE, value: language, url }]);
    for (const { name, path, before } of shots) {
      if (!new RegExp(values.only).test(`${name}-${size}-${scheme}`)) continue;
      await page.goto(path);
      await settle(page);
      // False: the demo has nothing to show yet.
      if ((await before?.(page)) === false) continue;
      await settle(page);
      const file = `${FOLDER}/${name}-${size}-${scheme}.jpg`;
      await page.screenshot({ path: file, type: 'jpeg', quality: 80 });
      console.log(file);
    }
    await context.close();
  }
}

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://localhost:3000' },
    /** Only those whose file matches this pattern. */
    only: { type: 'string', default: '' },
  },
});
mkdirSync(FOLDER, { recursive: true });
const browser = await chromium.launch({
  executablePath: findBrowser() ?? undefined,
  args: [
    '--no-sandbox',
    '--disable-background-networking',
    '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader',
  ],
});
for (const size of ['phone', 'desktop'] as const) {
  for (const scheme of ['light', 'dark'] as const) {
    await take(browser, { url: values.url, size, scheme, language: 'en' });
  }
  await take(browser, { url: values.url, size, scheme: 'light', language: 'ar' });
}
await browser.close();
