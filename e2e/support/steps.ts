import { expect, type Page } from '@playwright/test';

/** Puts a dish into the cart of a restaurant, enough for its minimum, and orders; the order's page. */
export async function orderFrom(page: Page, restaurant: string, dish: string): Promise<void> {
  await page.goto('/');
  await page.getByRole('link', { name: restaurant }).first().click();
  await page.getByRole('button', { name: dish, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /^More|Increase|One more/ }).click();
  await dialog.getByRole('button', { name: /^Add/ }).click();
  await page.getByRole('button', { name: /^View cart/ }).click();
  await page.getByRole('link', { name: 'Go to checkout' }).click();
  await page.getByRole('button', { name: /^Place order/ }).click();
  await page.waitForURL(/\/orders\/[0-9a-f-]+$/);
}

export const orderIdOf = (page: Page): string => new URL(page.url()).pathname.split('/')[2] ?? '';

export async function orderNumberOf(page: Page): Promise<string> {
  const heading = await page.getByRole('heading', { level: 1 }).textContent();
  const number = /#\d+/.exec(heading ?? '')?.[0];
  expect(number).toBeDefined();
  return number ?? '';
}

/** The driver goes online where their device says they are. */
export async function goOnline(page: Page): Promise<void> {
  await page.goto('/driver');
  const duty = page.getByRole('switch', { name: 'Online' });
  if ((await duty.getAttribute('aria-checked')) === 'false') await duty.click();
  await expect(duty).toHaveAttribute('aria-checked', 'true');
}
