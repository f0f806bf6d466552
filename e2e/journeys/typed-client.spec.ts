import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { build } from 'esbuild';
import { encodeToken } from '@/auth/token';
import { expect, test } from '../support/people';
import { readRun } from '../support/run';

/** A script of somebody's own on a page: it asks, is refused something, and follows what happens. */
const SCRIPT = `
  import { createHotfootClient, newKey, refusalOf } from 'hotfoot/client';
  const say = (text) =>
    document.body.append(Object.assign(document.createElement('p'), { textContent: text }));
  const { url, token } = JSON.parse(document.querySelector('#options').textContent);
  try {
    const client = await createHotfootClient({ url, token });
    say('signed in as ' + client.viewer.role);
    await client.api.orders.cancel
      .mutate({ orderId: newKey(), reason: 'other', idempotencyKey: newKey() })
      .catch((error) => say('refused: ' + refusalOf(error).reason));
    for await (const { data } of client.api.restaurants.changes.subscribe({})) {
      const restaurant = data.kind === 'event' && data.event.data.restaurant;
      say(restaurant ? 'prepares for ' + restaurant.prepMinutes : data.kind);
    }
  } catch (error) {
    say('failed: ' + error);
  }
`;

/** The client as a bundler puts it on a page: by the `browser` condition of the package. */
async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: SCRIPT, resolveDir: process.cwd() },
    ...{ bundle: true, minify: true, write: false },
    ...{ platform: 'browser', format: 'esm', target: 'es2022' },
  });
  return outputFiles[0]?.text ?? '';
}

/** Opens a page, and puts that script on it. */
async function open(page: Page, address: string, token: string): Promise<void> {
  await page.goto(address);
  await page.evaluate(
    (options) => {
      const element = Object.assign(document.createElement('template'), { id: 'options' });
      element.textContent = options;
      document.body.append(element);
    },
    JSON.stringify({ url: readRun().url, token }),
  );
  await page.addScriptTag({ type: 'module', content: await bundle() });
}

/** Somebody else's page. */
async function startElsewhere() {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>Elsewhere</title>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

test('the typed client works in a browser, on a page of the platform’s own', async ({
  page,
  sql,
}) => {
  const { url, secret } = readRun();
  const [session] = await sql`
    INSERT INTO sessions (id, user_id, expires_at)
    SELECT gen_random_uuid(), id, now() + interval '1 day' FROM users
    WHERE email = 'customer@hotfoot.test' RETURNING id, user_id`;
  const token = await encodeToken({ sid: session?.id, sub: session?.user_id }, secret, 3_600);
  // A page without a policy of its own.
  await open(page, `${url}/health`, token);
  await expect(page.getByText('signed in as customer')).toBeVisible();
  await expect(page.getByText('refused: order_not_found')).toBeVisible();
  await expect(page.getByText('snapshot')).toBeVisible();
  const [{ id, minutes } = { id: '', minutes: 0 }] = await sql<{ id: string; minutes: number }[]>`
    SELECT id, prep_minutes AS minutes FROM restaurants WHERE archived_at IS NULL LIMIT 1`;
  for (const to of [minutes + 1, minutes]) {
    await sql`UPDATE restaurants SET prep_minutes = ${to} WHERE id = ${id}`;
    await expect(page.getByText(`prepares for ${to}`)).toBeVisible();
  }

  // A page of somebody else's gets neither answers nor a socket.
  await using elsewhere = await startElsewhere();
  await open(page, elsewhere.url, token);
  await expect(page.getByText('failed: ')).toBeVisible();
  const opened = await page.evaluate(
    (address) =>
      new Promise<boolean>((resolve) => {
        const socket = new WebSocket(address);
        socket.onopen = () => resolve(true);
        socket.onerror = () => resolve(false);
      }),
    `${url.replace('http', 'ws')}/api/trpc`,
  );
  expect(opened).toBe(false);
});
