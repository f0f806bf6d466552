import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inheritedEnvironment } from '@/config/process-env';
import { CERTIFICATE, CERTIFICATE_KEY } from './testing/certificate';

const SCRIPT = fileURLToPath(new URL('./tls-post.testing.ts', import.meta.url));
const asked: string[] = [];
const server = createServer({ cert: CERTIFICATE, key: CERTIFICATE_KEY }, (request, response) => {
  asked.push(request.headers.host ?? '');
  response.writeHead(204).end();
});
let folder = '';
let port = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hotfoot-tls-'));
  await writeFile(join(folder, 'ca.pem'), CERTIFICATE);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

/** A message posted by a process that trusts the certificate, or does not. */
async function post(host: string, trusts: boolean) {
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, `https://${host}:${port}/`], {
    env: {
      ...inheritedEnvironment(),
      ...(trusts ? { NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') } : {}),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk;
  });
  await once(child, 'close');
  return JSON.parse(text) as { kind: string; error?: string };
}

it('over https a webhook is called by its name, and its certificate has to be of that name', {
  timeout: 60_000,
}, async () => {
  expect(await post('hooks.invalid', true)).toMatchObject({ kind: 'delivered' });
  expect(asked).toEqual([`hooks.invalid:${port}`]);
  expect((await post('other.invalid', true)).error).toMatch(/altnames/i);
  expect((await post('hooks.invalid', false)).error).toMatch(/self-signed/i);
  expect(asked).toHaveLength(1);
});
