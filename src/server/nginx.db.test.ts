import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { get as getHttp } from 'node:http';
import { get as getHttps } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown } from '@/db/testing/town';
import type { LiveMessage } from '@/domain/events';
import type { OrderView } from '@/domain/views';
import { key, placeTestOrder } from '@/services/testing';
import { freePort } from './free-port';
import type { Health } from './health';
import { connectClient, startServer, tokenOf, watch } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

const NGINX = '/usr/sbin/nginx';
const installed = spawnSync(NGINX, ['-v']).status === 0;

/** What nginx puts on disk while it passes it on. */
const KINDS = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

/** A certificate of its own for localhost. */
function certify(folder: string): void {
  const { status, stderr } = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
    ...['-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'],
    ...['-keyout', join(folder, 'privkey.pem'), '-out', join(folder, 'fullchain.pem')],
  ]);
  if (status !== 0) throw new Error(`openssl: ${stderr}`);
}

/** nginx as `deploy/nginx.conf` has it, but for its ports, its certificate and where the nodes are. */
async function startNginx(nodes: number[]) {
  const folder = mkdtempSync(join(tmpdir(), 'hotfoot-nginx-'));
  const tls = join(folder, 'tls');
  mkdirSync(tls);
  certify(tls);
  const [plain, secure] = [await freePort(), await freePort()];
  const upstream = nodes.map((port) => `server 127.0.0.1:${port} max_fails=2 fail_timeout=2s;`);
  const conf = readFileSync('deploy/nginx.conf', 'utf8')
    .replace(/server app:3000 .*;/, upstream.join('\n'))
    .replaceAll('/etc/nginx/tls', tls)
    .replace(
      /^http \{$/m,
      `http {\n${KINDS.map((kind) => `${kind}_temp_path ${join(folder, kind)};`).join('\n')}`,
    )
    .replaceAll(/listen \[::\].*;/g, '')
    .replace('listen 80;', `listen 127.0.0.1:${plain};`)
    .replace('listen 443 ssl', `listen 127.0.0.1:${secure} ssl`);
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, conf);
  // Files, since nginx opens its outputs by name, which pipes of Node don't have.
  const log = join(folder, 'log');
  const output = openSync(log, 'w');
  const nginx = spawn(
    NGINX,
    ['-c', file, '-p', folder, '-g', `daemon off; pid ${join(folder, 'pid')};`],
    {
      stdio: ['ignore', output, output],
    },
  );
  const ca = readFileSync(join(tls, 'fullchain.pem'), 'utf8');
  const url = `https://localhost:${secure}`;
  while ((await statusOf(url, ca)) === null) {
    if (nginx.exitCode !== null) throw new Error(`nginx: ${readFileSync(log)}`);
    await wait(20);
  }
  return {
    ...{ url, ca, plainUrl: `http://localhost:${plain}` },
    async [Symbol.asyncDispose]() {
      nginx.kill('SIGTERM');
      await once(nginx, 'exit');
      closeSync(output);
      rmSync(folder, { recursive: true });
    },
  };
}

const statusOf = (url: string, ca: string) =>
  new Promise<number | null>((resolve) => {
    getHttps(`${url}/health`, { ca }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? null);
    }).on('error', () => resolve(null));
  });

async function socketsOf(node: { url: string }): Promise<number> {
  const { sockets }: Health = await (await fetch(`${node.url}/health`)).json();
  return sockets;
}

type Told = { id: string; data: LiveMessage<OrderView> };

const versionsOf = (got: Told[]) =>
  got.flatMap(({ data }) => (data.kind === 'event' ? [data.event.version] : []));

describe.skipIf(!installed)('two nodes behind nginx', () => {
  it('are one: a socket goes on at the other when its node goes away, and misses nothing', async () => {
    await using first = await startServer(database);
    const second = await startServer(database);
    await using nginx = await startNginx([first.port, second.port]);
    const { url, ca } = nginx;
    const town = await makeTown(db());
    const orderId = await placeTestOrder(db(), town);
    // Admins see every event, so that each version counts.
    const token = await tokenOf(db(), town.admin);
    const followers = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const client = connectClient(url, token, { ca });
        const told = watch<Told>((on) => client.api.orders.watch.subscribe({ orderId }, on));
        await told.until(() => told.got.length > 0, 'the order as it is');
        return { client, told };
      }),
    );
    for (const node of [first, second]) expect(await socketsOf(node)).toBeGreaterThan(0);

    await using admin = connectClient(url, await tokenOf(db(), town.admin), {
      ca,
      allOverWs: true,
    });
    const step = (command: 'accept' | 'start' | 'finish') =>
      admin.api.admin.stepOrder.mutate({ ...key(), orderId, command });
    const allHave = (status: string) =>
      Promise.all(
        followers.map(({ told }) =>
          told.until(
            () => told.got.some(({ data }) => data.kind === 'event' && data.event.type === status),
            status,
          ),
        ),
      );
    await step('accept');
    await allHave('order.accepted');
    await second[Symbol.asyncDispose]();
    await step('start');
    await allHave('order.preparing');
    await step('finish');
    await allHave('order.ready');
    for (const { client, told } of followers) {
      expect(told.errors).toEqual([]);
      const versions = versionsOf(told.got);
      expect(versions).toEqual(versions.map((_, n) => (versions[0] ?? 0) + n));
      await client[Symbol.asyncDispose]();
    }
  });

  it('are reached by TLS alone', async () => {
    await using node = await startServer(database);
    await using nginx = await startNginx([node.port]);
    expect(await statusOf(nginx.url, nginx.ca)).toBe(200);
    const to = await new Promise((resolve, reject) => {
      getHttp(`${nginx.plainUrl}/orders?page=2`, (answer) => {
        answer.resume();
        resolve([answer.statusCode, answer.headers.location]);
      }).on('error', reject);
    });
    expect(to).toEqual([308, 'https://localhost/orders?page=2']);
  });
});
