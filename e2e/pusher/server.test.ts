import Pusher from 'pusher';
import PusherClient, { type Channel } from 'pusher-js';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { openPusherChannels } from '@/relay/pusher-channels';
import { type FaultRates, NO_FAULTS } from './faults';
import { type PusherServer, startPusherServer } from './server';

const APP = { id: '1', key: 'key-of-tests', secret: 'secret-of-tests' };
const open: PusherServer[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) await server.stop();
});

/** The real library of servers, and pages with the real one of browsers. */
async function start(faults: FaultRates = NO_FAULTS) {
  const server = await startPusherServer(APP, { faults, seed: 3 });
  open.push(server);
  const { hostname, port } = new URL(server.origin);
  const api = (secret: string) =>
    new Pusher({ appId: APP.id, key: APP.key, secret, host: hostname, port, useTLS: false });
  const publisher = api(APP.secret);

  function page(authorise = publisher): PusherClient {
    const client = new PusherClient(APP.key, {
      ...{ cluster: '', wsHost: hostname, wsPort: Number(port), forceTLS: false },
      enabledTransports: ['ws'],
      channelAuthorization: {
        ...{ endpoint: '', transport: 'ajax' },
        customHandler: ({ socketId, channelName }, done) =>
          done(null, authorise.authorizeChannel(socketId, channelName)),
      },
    });
    onTestFinished(() => client.disconnect());
    return client;
  }
  return { server, publisher, page, api };
}

const settled = (channel: Channel) =>
  new Promise<'subscribed' | 'refused'>((resolve) => {
    channel.bind('pusher:subscription_succeeded', () => resolve('subscribed'));
    channel.bind('pusher:subscription_error', () => resolve('refused'));
  });

/** The data of the messages that come, until one says so. */
const heard = (channel: Channel, until: unknown) =>
  new Promise<unknown[]>((resolve) => {
    const got: unknown[] = [];
    channel.bind('said', (data: unknown) => {
      got.push(data);
      if (data === until) resolve(got);
    });
  });

describe('the Pusher server of tests', () => {
  it('brings signed events, alone and in batches, to who is subscribed', async () => {
    const { publisher, page } = await start();
    const channel = page().subscribe('private-news');
    expect(await settled(channel)).toBe('subscribed');
    const all = heard(channel, 3);
    await publisher.trigger('private-news', 'said', 1);
    await publisher.trigger('private-other', 'said', 99);
    await publisher.triggerBatch(
      [2, 3].map((data) => ({ channel: 'private-news', name: 'said', data })),
    );
    expect(await all).toEqual([1, 2, 3]);
  });

  it('refuses who signs with another secret, to speak and to listen', async () => {
    const { page, api } = await start();
    const stranger = api('another secret');
    await expect(stranger.trigger('private-news', 'said', 1)).rejects.toMatchObject({
      status: 401,
    });
    expect(await settled(page(stranger).subscribe('private-news'))).toBe('refused');
  });

  it('refuses more than 10 KB in one event', async () => {
    const { publisher } = await start();
    const large = 'x'.repeat(10_241);
    await expect(
      publisher.triggerBatch([{ channel: 'a', name: 'said', data: large }]),
    ).rejects.toMatchObject({
      status: 413,
    });
  });

  it('answers pings, and takes back who comes after a cut', async () => {
    const { server, page } = await start();
    const client = page();
    const channel = client.subscribe('private-news');
    expect(await settled(channel)).toBe('subscribed');
    const pong = new Promise((resolve) => client.connection.bind('message', resolve));
    client.connection.send_event('pusher:ping', {});
    expect(await pong).toMatchObject({ event: 'pusher:pong' });
    const again = settled(channel);
    server.cut();
    expect(await again).toBe('subscribed');
  });

  it('loses, repeats and delays, the same for the same seed', async () => {
    const runs = [];
    for (let n = 0; n < 2; n += 1) {
      const { server, publisher, page } = await start({ drop: 0.2, repeat: 0.2, reorder: 0.2 });
      const channel = page().subscribe('private-news');
      expect(await settled(channel)).toBe('subscribed');
      const all = heard(channel, 'end');
      for (let data = 0; data < 40; data += 1) {
        await publisher.trigger('private-news', 'said', data);
      }
      // As often as it takes: some of these are lost, too.
      for (let data = 0; data < 5; data += 1)
        await publisher.trigger('private-news', 'said', 'end');
      const got = (await all).filter((data) => data !== 'end').map(Number);
      expect(new Set(got).size).toBeLessThan(40);
      expect(got.length).toBeGreaterThan(new Set(got).size);
      expect(got).not.toEqual(got.toSorted((a, b) => a - b));
      expect(server.counts).toMatchObject({ sent: 45 });
      runs.push(got);
    }
    expect(runs[0]).toEqual(runs[1]);
  });

  it('tells the doctor whether the application and its secret are known', async () => {
    const { server } = await start();
    const look = (change: object) => {
      const { id: appId, key, secret } = APP;
      return openPusherChannels({ ...{ appId, key, secret }, origin: server.origin, ...change });
    };
    const { host } = new URL(server.origin);
    expect(await look({}).check()).toEqual({ ok: true, detail: `application 1 at ${host}` });
    expect((await look({ secret: 'another' }).check()).ok).toBe(false);
    expect((await look({ appId: '2' }).check()).ok).toBe(false);
  });
});
