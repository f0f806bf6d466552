import { once } from 'node:events';
import { createServer, get as getHttp } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown } from '@/db/testing/town';
import type { LiveMessage } from '@/domain/events';
import type { OrderView } from '@/domain/views';
import { key, placeTestOrder } from '@/services/testing';
import type { Health } from './health';
import { nginxInstalled, startNginx, statusOf, textOf } from './nginx.testing';
import { connectClient, startServer, tokenOf, watch } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

async function socketsOf(node: { url: string }): Promise<number> {
  const { sockets }: Health = await (await fetch(`${node.url}/health`)).json();
  return sockets;
}

type Told = { id: string; data: LiveMessage<OrderView> };

const versionsOf = (got: Told[]) =>
  got.flatMap(({ data }) => (data.kind === 'event' ? [data.event.version] : []));

describe.skipIf(!nginxInstalled())('two nodes behind nginx', () => {
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

  it('are one for a socket that the first leaves without an answer, as a node does that stops', async () => {
    await using node = await startServer(database);
    const stopping = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
    let asked = 0;
    stopping.on('upgrade', (_, socket) => {
      asked += 1;
      socket.destroy();
    });
    await once(stopping, 'listening');
    // A server that listens on a port has such an address.
    const { port } = stopping.address() as AddressInfo;
    await using nginx = await startNginx([port, node.port]);
    const town = await makeTown(db());
    const token = await tokenOf(db(), town.customer);
    for (let n = 0; n < 4; n += 1) {
      await using client = connectClient(nginx.url, token, { ca: nginx.ca, allOverWs: true });
      expect(await client.api.auth.me.query()).toEqual(town.customer);
      expect(client.sockets).toHaveLength(1);
    }
    expect(asked).toBeGreaterThan(0);
    stopping.closeAllConnections();
    stopping.close();
  });

  it.each(['/orders', '/api/trpc/orders.place'])(
    'are told at %s who asks and how, whatever the client says of itself',
    async (path) => {
      const node = createServer((request, response) => {
        response.end(JSON.stringify(request.headers));
      }).listen(0, '127.0.0.1');
      await once(node, 'listening');
      // A server that listens on a port has such an address.
      const { port } = node.address() as AddressInfo;
      await using nginx = await startNginx([port]);
      const claims = { 'x-forwarded-for': '10.1.2.3', 'x-forwarded-proto': 'http' };
      const told = await textOf(`${nginx.url}${path}`, nginx.ca, claims);
      expect(JSON.parse(told)).toMatchObject({
        host: 'localhost',
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-proto': 'https',
      });
      node.closeAllConnections();
      node.close();
    },
  );

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
