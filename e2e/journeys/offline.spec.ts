import { expect, TOWN, test } from '../support/people';
import { orderFrom } from '../support/steps';

test.describe('without a network', () => {
  test('the last order can still be read, nothing else is pretended, and signing out forgets it', async ({
    browser,
    baseURL,
  }) => {
    const context = await browser.newContext({
      ...{ baseURL, viewport: { width: 390, height: 844 }, serviceWorkers: 'allow' as const },
      geolocation: TOWN,
    });
    const page = await context.newPage();
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Customer', exact: true }).click();
    await page.waitForURL(({ pathname }) => pathname !== '/sign-in');
    const isServed = () =>
      page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration())?.active));
    await expect.poll(isServed).toBe(true);
    await page.reload();
    await orderFrom(page, 'Stack Yard', 'Ember burger');
    const heading = page.getByRole('heading', { level: 1 });
    const title = (await heading.textContent()) ?? '';
    const { pathname } = new URL(page.url());
    const keptPaths = () =>
      page.evaluate(async () =>
        (await (await caches.open('hotfoot-pages-1')).keys()).map(
          ({ url }) => new URL(url).pathname,
        ),
      );
    await expect.poll(keptPaths).toContain(pathname);

    // Kept anew at each change, and at no moment without the page that was kept before.
    await page.evaluate(async (path) => {
      const registration = await navigator.serviceWorker.getRegistration();
      for (let change = 0; change < 40; change += 1) {
        registration?.active?.postMessage({ type: 'keep', path });
      }
    }, pathname);
    await context.setOffline(true);
    await page.reload();
    await expect(heading).toHaveText(title);
    await expect(page.getByText(/^Stale|^Connecting/).first()).toBeVisible();
    await page.goto('/');
    await expect(page.getByRole('heading', { name: 'You are offline' })).toBeVisible();

    await context.setOffline(false);
    await page.getByRole('link', { name: 'Try again' }).click();
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible();
    await expect.poll(() => page.evaluate(() => caches.has('hotfoot-pages-1'))).toBe(false);
    await context.close();
  });
});
