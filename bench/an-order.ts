import { chromium } from '@playwright/test';
import { findBrowser } from '../e2e/support/browser';
import { orderFrom } from '../e2e/support/steps';

/** Orders something as the demo's customer; the order's page and the cookie to see it. */
export async function anOrder(url: string): Promise<{ path: string; cookie: string }> {
  const browser = await chromium.launch({
    executablePath: findBrowser() ?? undefined,
    args: ['--no-sandbox', '--disable-background-networking'],
  });
  const context = await browser.newContext({
    baseURL: url,
    serviceWorkers: 'block',
    viewport: { width: 390, height: 844 },
  });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Customer', exact: true }).click();
  await page.waitForURL(({ pathname }) => pathname === '/');
  await orderFrom(page, 'Stack Yard', 'Double stack');
  const cookies = await context.cookies();
  const { pathname } = new URL(page.url());
  await browser.close();
  return {
    path: pathname,
    cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
  };
}
