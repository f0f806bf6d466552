import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { createProxyServer } from 'httpxy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseEnv } from '@/config/env';
import { inheritedEnvironment } from '@/config/process-env';
import { relayDestinations } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { redisInstalled, startRedis } from '@/relay/testing/redis';
import { silentServer } from '@/relay/testing/silent-server';
import { makeWebhook } from '@/services/relay.testing';
import { examineAddress } from './doctor/examine-address';
import { examineDatabase } from './doctor/examine-database';
import { examineLink } from './doctor/examine-link';
import { examineKeys, examineNode, examinePort } from './doctor/examine-process';
import { examineSinks } from './doctor/examine-sinks';
import type { Finding } from './doctor/finding';
import { freePort } from './free-port';
import { nginxInstalled, startNginx } from './nginx.testing';
import { startServer } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hotfoot-doctor-'));
});
afterAll(() => rm(folder, { recursive: true }));

const found = (findings: readonly Finding[], name: string) =>
  findings.find((finding) => finding.name === name);

/** The command, and what it says. */
async function doctor(env: Record<string, string>) {
  const child = spawn(process.execPath, ['scripts/doctor.mjs', '--json'], {
    env: { ...inheritedEnvironment(), DATABASE_URL: database.url, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk;
  });
  const [code] = (await once(child, 'close')) as [number];
  return { code, ...(JSON.parse(text) as { ok: boolean; findings: Finding[] }) };
}

describe('npm run doctor', () => {
  it('finds nothing wrong with a database that is migrated', async () => {
    const { code, ok, findings } = await doctor({});
    expect(findings.filter(({ state }) => state === 'wrong')).toEqual([]);
    expect({ code, ok }).toEqual({ code: 0, ok: true });
    expect(findings.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['node', 'keys', 'port', 'postgis', 'migrations', 'srids', 'clock']),
    );
  });

  it('fails, with what mends it, when a broker is away', async () => {
    const AMQP_URL = `amqp://127.0.0.1:${await freePort()}`;
    const { code, ok, findings } = await doctor({ AMQP_URL });
    expect({ code, ok }).toEqual({ code: 1, ok: false });
    const finding = found(findings, 'RabbitMQ');
    expect(finding).toMatchObject({ state: 'wrong', mend: expect.stringContaining('AMQP_URL') });
    expect(finding?.detail).toMatch(/ECONNREFUSED/);
  });

  it('says which variable is wrong, and that a database is away', async () => {
    const settings = await doctor({ AUTH_SECRET: 'short' });
    expect(found(settings.findings, 'settings')?.detail).toContain('AUTH_SECRET');
    const away = await doctor({ DATABASE_URL: `postgres://127.0.0.1:${await freePort()}/x` });
    expect(found(away.findings, 'database')).toMatchObject({ state: 'wrong' });
    expect(away.code).toBe(1);
  });
});

describe('the doctor', () => {
  it('misses a migration, and a column in another SRID', async () => {
    const names = async () => {
      const findings = await examineDatabase(db());
      return findings.filter(({ state }) => state === 'wrong').map(({ name }) => name);
    };
    await db().execute(sql`CREATE TABLE elsewhere (at geometry(Point, 3857))`);
    expect(await names()).toEqual(['srids']);
    await db().execute(sql`DROP TABLE elsewhere`);
    const [last] = await db().execute<{ id: number; hash: string; created_at: string }>(sql`
      DELETE FROM drizzle.__drizzle_migrations
      WHERE id = (SELECT max(id) FROM drizzle.__drizzle_migrations) RETURNING *`);
    const finding = found(await examineDatabase(db()), 'migrations');
    expect(finding).toMatchObject({ state: 'wrong', mend: 'npm run db:migrate' });
    await db().execute(sql`
      INSERT INTO drizzle.__drizzle_migrations (id, hash, created_at)
      VALUES (${last?.id ?? 0}, ${last?.hash ?? ''}, ${last?.created_at ?? ''})`);
    expect(await names()).toEqual([]);
  });

  it('knows Node by its version, keys by who may read them, ports by who has them', async () => {
    expect(examineNode('20.18.3').state).toBe('wrong');
    expect(examineNode('20.19.0').state).toBe('ok');
    expect(examineNode('24.1.0').state).toBe('ok');
    const file = join(folder, 'secrets');
    await writeFile(file, 'AUTH_SECRET=x\n');
    const env = { NODE_ENV: 'development', AUTH_SECRET: 'x'.repeat(40) } as const;
    await chmod(file, 0o644);
    expect(examineKeys(env, file)).toMatchObject({ state: 'wrong', mend: `chmod 600 ${file}` });
    await chmod(file, 0o600);
    expect(examineKeys(env, file).state).toBe('ok');
    expect(examineKeys({ NODE_ENV: 'production', AUTH_SECRET: undefined }, file).state).toBe(
      'wrong',
    );
    const other = createServer((_, response) => response.end('{}')).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    expect((await examinePort({ PORT: port, HOST: '127.0.0.1' })).state).toBe('wrong');
    other.closeAllConnections();
    other.close();
    await once(other, 'close');
    expect((await examinePort({ PORT: port, HOST: '127.0.0.1' })).state).toBe('ok');
  });

  it('sees whether Pusher is set up whole, and is there', async () => {
    const look = async (env: Record<string, string>) =>
      found(await examineSinks(parseEnv(env), null), 'Pusher');
    expect(await look({})).toMatchObject({ state: 'ok', detail: 'off' });
    expect(await look({ PUSHER_KEY: 'k' })).toMatchObject({
      ...{ state: 'wrong', mend: expect.stringContaining('PUSHER_*') },
    });
    const PUSHER_ORIGIN = `http://127.0.0.1:${await freePort()}`;
    const app = { PUSHER_APP_ID: '1', PUSHER_KEY: 'k', PUSHER_SECRET: 's', PUSHER_ORIGIN };
    expect(await look(app)).toMatchObject({ state: 'wrong' });
  });

  it('asks every sink, is kept waiting by none, and sees webhooks in trouble', {
    timeout: 60_000,
  }, async () => {
    await using silent = await silentServer();
    const at = `127.0.0.1:${silent.port}`;
    const env = parseEnv({
      ...{ SMTP_URL: `smtp://${at}`, AMQP_URL: `amqp://${at}`, REDIS_STREAM_URL: `redis://${at}` },
      SMS_GATEWAY_URL: `http://${at}/send`,
    });
    await makeWebhook(db(), { name: 'Till', failingSince: new Date() });
    const findings = await examineSinks(env, db());
    for (const name of ['e-mail', 'sms', 'RabbitMQ', 'Redis']) {
      expect(found(findings, name)?.state, name).toBe('wrong');
    }
    expect(found(findings, 'webhooks')).toMatchObject({
      state: 'warning',
      detail: 'in trouble: Till',
    });
    await db().delete(relayDestinations);
  });
});

/** A proxy that hands requests on, and upgrades only if it is told so; as its own host, as some do. */
async function careless(target: number, upgrades: boolean) {
  const proxy = createProxyServer({ target: `http://127.0.0.1:${target}`, changeOrigin: true });
  const server = createServer((request, response) => {
    delete request.headers.upgrade;
    delete request.headers.connection;
    void proxy.web(request, response);
  });
  if (upgrades) {
    server.on('upgrade', (request, socket, head) =>
      // httpxy types the socket as net.Socket, which is what an http server hands over.
      proxy.ws(request, socket as Parameters<typeof proxy.ws>[1], {}, head),
    );
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

describe('the doctor at the public address', () => {
  const look = (PUBLIC_URL: string) => examineAddress({ PUBLIC_URL, NODE_ENV: 'production' });

  it.skipIf(!nginxInstalled())('comes through nginx to a socket', async () => {
    const port = await freePort();
    await using node = await startServer(database, { publicUrl: `https://localhost:${port}` });
    await using nginx = await startNginx([node.port], port);
    const NODE_EXTRA_CA_CERTS = join(folder, 'ca.pem');
    await writeFile(NODE_EXTRA_CA_CERTS, nginx.ca);
    const { findings } = await doctor({ PUBLIC_URL: nginx.url, NODE_EXTRA_CA_CERTS });
    for (const name of ['address', 'live updates']) {
      expect(found(findings, name)?.state, name).toBe('ok');
    }
    const strange = await doctor({ PUBLIC_URL: nginx.url });
    expect(found(strange.findings, 'address')).toMatchObject({
      ...{ state: 'warning', detail: expect.stringContaining('certificate') },
    });
    const [plain] = await look(nginx.plainUrl);
    expect(plain).toMatchObject({ state: 'wrong', mend: 'PUBLIC_URL=https://localhost' });
  });

  it('says which proxy keeps sockets out, and where Origin and PUBLIC_URL part', async () => {
    await using node = await startServer(database, { publicUrl: 'https://food.example' });
    await using deaf = await careless(node.port, false);
    expect(found(await look(deaf.url), 'live updates')).toMatchObject({
      ...{ state: 'wrong', mend: expect.stringContaining('upgrades') },
    });
    await using renaming = await careless(node.port, true);
    expect(found(await look(renaming.url), 'live updates')).toMatchObject({
      ...{ state: 'wrong', mend: expect.stringContaining('same PUBLIC_URL') },
    });
    const [away] = await look(`http://127.0.0.1:${await freePort()}`);
    expect(away).toMatchObject({ state: 'warning', detail: expect.stringContaining('REFUSED') });
  });
});

it.skipIf(!redisInstalled())(
  'the doctor hears itself by Redis, or says that it can’t',
  async () => {
    await using redis = await startRedis();
    expect(await examineLink(redis.url)).toMatchObject({ state: 'ok' });
    await redis.kill();
    expect(await examineLink(redis.url)).toMatchObject({ state: 'wrong' });
  },
);
