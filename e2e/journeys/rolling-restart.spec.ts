import type { BrowserContext, Page } from '@playwright/test';
import { getEnv } from '@/config/env';
import { testsRunOn } from '@/db/testing/find-postgres';
import { DEMO_PASSWORD } from '@/domain/demo';
import { freePort } from '@/server/free-port';
import { nginxInstalled, startNginx } from '@/server/nginx.testing';
import { expect, test } from '../support/people';
import { folderOf, readRun } from '../support/run';
import { type RunningServer, startServer } from '../support/start-server';
import { orderFrom, orderIdOf } from '../support/steps';

test.skip(
  !nginxInstalled() || testsRunOn(getEnv()) === 'embedded',
  'needs nginx, and a database that several nodes can share',
);

/** Everything that a browser counts as an error: of scripts, of the console, of the network. */
function watchErrors(context: BrowserContext, errors: string[]): void {
  context.on('console', (message) => {
    if (message.type() === 'error') errors.push(`console: ${message.text()}`);
  });
  context.on('weberror', (error) => errors.push(`script: ${error.error()}`));
  context.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? '';
    // A page that is left asks for nothing more: that is the browser's own doing.
    if (why !== 'net::ERR_ABORTED') errors.push(`${why}: ${request.method()} ${request.url()}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 500) errors.push(`${response.status()}: ${response.url()}`);
  });
}

async function signIn(page: Page, account: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(`${account}@hotfoot.test`);
  await page.getByLabel('Password').fill(DEMO_PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).not.toHaveURL(/sign-in/);
}

test('two nodes are restarted one after the other, and nobody at a screen sees an error', async ({
  browser,
  sql,
}) => {
  test.setTimeout(240_000);
  const { databaseUrl, secret } = readRun();
  const securePort = await freePort();
  const publicUrl = `https://localhost:${securePort}`;
  const start = (port: number) =>
    startServer(databaseUrl, secret, `${folderOf(0)}/rolling-${port}`, { port, publicUrl });
  const ports = [await freePort(), await freePort()];
  const nodes: RunningServer[] = await Promise.all(ports.map(start));
  const errors: string[] = [];
  const nginx = await startNginx(ports, securePort);
  const contextOf = async (viewport: { width: number; height: number }) => {
    const context = await browser.newContext({
      ...{ baseURL: publicUrl, viewport, ignoreHTTPSErrors: true },
    });
    watchErrors(context, errors);
    return context;
  };
  const [phone, desk] = [
    await contextOf({ width: 390, height: 844 }),
    await contextOf({ width: 1440, height: 900 }),
  ];
  try {
    const customer = await phone.newPage();
    await signIn(customer, 'customer');
    // It takes no step by itself: each is taken here, while a node is away.
    await sql`UPDATE restaurants SET auto_accept = false WHERE name = 'Stack Yard'`;
    await orderFrom(customer, 'Stack Yard', 'Double stack');
    const orderId = orderIdOf(customer);
    await sql`UPDATE orders SET status = 'accepted' WHERE id = ${orderId}`;
    const shopper = await phone.newPage();
    await shopper.goto('/');
    const admin = await desk.newPage();
    await signIn(admin, 'admin');
    await admin.goto(`/admin?order=${orderId}`);
    const drawer = admin.getByRole('region', { name: 'Order', exact: true });
    const isLive = (page: Page) => expect(page.getByText('Live', { exact: true })).toBeVisible();
    await isLive(customer);
    await isLive(admin);
    const stands = (word: string) =>
      expect(drawer.locator('header').getByText(word, { exact: true })).toBeVisible();
    await stands('Accepted');
    expect(errors).toEqual([]);

    /** Goes from page to page as long as it is told to, as somebody who looks around. */
    let looking = true;
    const lookAround = async () => {
      while (looking) {
        await shopper.getByRole('link', { name: 'Stack Yard' }).first().click();
        await expect(shopper.getByRole('heading', { level: 1, name: 'Stack Yard' })).toBeVisible();
        await shopper.goto('/');
      }
    };
    const looked = lookAround();
    const steps = [
      { status: 'preparing', told: 'Preparing', word: 'Preparing' },
      { status: 'ready', told: 'Ready at Stack Yard', word: 'Ready' },
    ];
    for (const [n, { status, told, word }] of steps.entries()) {
      await nodes[n]?.stop();
      await sql`UPDATE orders SET status = ${status} WHERE id = ${orderId}`;
      await expect(customer.getByText(told, { exact: true })).toBeVisible();
      await stands(word);
      nodes[n] = await start(ports[n] ?? 0);
    }
    looking = false;
    await looked;
    await isLive(customer);
    await isLive(admin);
    expect(errors).toEqual([]);
  } finally {
    await sql`UPDATE restaurants SET auto_accept = true WHERE name = 'Stack Yard'`;
    await phone.close();
    await desk.close();
    await nginx[Symbol.asyncDispose]();
    await Promise.all(nodes.map((node) => node.stop()));
  }
});
