import { expect, type Page } from '@playwright/test';
import type { Sql } from 'postgres';

/** Puts a dish into the cart of a restaurant, enough for its minimum, and orders; the order's page. */
export async function orderFrom(page: Page, restaurant: string, dish: string): Promise<void> {
  await page.goto(`/?q=${encodeURIComponent(restaurant)}`);
  await page.getByRole('link', { name: restaurant }).first().click();
  await orderHere(page, dish);
}

/** As `orderFrom`, on the page of a restaurant. */
export async function orderHere(page: Page, dish: string): Promise<void> {
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

/** Several browsers on two cores take their time: offers wait for them. */
export async function letOffersWait(sql: Sql): Promise<void> {
  await sql`UPDATE zones SET dispatch_policy = '{"offerSeconds": 120}'`;
}

/** The driver goes online where their device says they are. */
export async function goOnline(page: Page): Promise<void> {
  await page.goto('/driver');
  const duty = page.getByRole('switch', { name: 'Online' });
  if ((await duty.getAttribute('aria-checked')) === 'false') await duty.click();
  await expect(duty).toHaveAttribute('aria-checked', 'true');
}

/** The driver takes the offer that covers their screen. */
export async function acceptOffer(driver: Page): Promise<void> {
  const offer = driver.getByRole('dialog', { name: 'New offer' });
  await offer.getByRole('button', { name: 'Accept' }).click();
  await expect(driver.getByRole('button', { name: 'I’m at the restaurant' })).toBeVisible();
}

/** The PIN that stands on the page of an order that is open: behind a button until it is needed. */
export async function pinOn(customer: Page): Promise<string> {
  const spoken = customer.getByText(/^Your PIN: \d \d \d \d$/);
  const show = customer.getByRole('button', { name: 'Show' });
  if (await show.isVisible()) await show.click();
  return ((await spoken.textContent()) ?? '').replace(/\D/g, '');
}

/** The customer says their PIN at the door, and the driver types it. */
export async function handOver(customer: Page, driver: Page): Promise<void> {
  await driver.getByRole('button', { name: 'Enter the PIN' }).click();
  await driver.getByRole('textbox', { name: 'Four digits' }).fill(await pinOn(customer));
  await driver.getByRole('button', { name: 'Hand over', exact: true }).click();
}
