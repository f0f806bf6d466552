import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { type FaultRates, FaultyWay, NO_FAULTS } from './faults';
import { type App, isAuthorised, wrongRequest } from './signatures';

/**
 * The part of Pusher's protocol that we use: signed events over HTTP, one by one and in batches, the list of channels; sockets of
 * protocol 7 with public and private channels. For tests: messages may be lost, come twice, or out of order.
 */

const MAX_DATA_BYTES = 10_240;
const MAX_BATCH = 10;
const ACTIVITY_TIMEOUT_S = 120;
/** Close codes of the protocol: 4000 to 4099 mean *do not come back*, 4200 to 4299 *at once*. */
const UNKNOWN_APP = 4_001;
const COME_BACK = 4_200;

const Message = z.object({ name: z.string(), channel: z.string(), data: z.string() });
const EventBody = z.object({
  name: z.string(),
  channels: z.array(z.string()).min(1).max(100),
  data: z.string(),
});
const BatchBody = z.object({ batch: z.array(Message).max(MAX_BATCH) });
const Frame = z.object({
  event: z.string(),
  data: z.object({ channel: z.string(), auth: z.string() }).partial().optional().catch(undefined),
});

type Client = { id: string; channels: Set<string>; way: FaultyWay; socket: WebSocket };

export type PusherServer = {
  origin: string;
  counts: Record<keyof FaultRates | 'sent', number>;
  /** Closes every socket, as a restart of Pusher's does. */
  cut(): void;
  stop(): Promise<void>;
};

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

export async function startPusherServer(
  app: App,
  options: { port?: number; faults?: FaultRates; seed?: number } = {},
): Promise<PusherServer> {
  const { port = 0, faults = NO_FAULTS, seed = 1 } = options;
  const clients = new Set<Client>();
  const counts = { sent: 0, drop: 0, repeat: 0, reorder: 0 };
  let connected = 0;

  function publish({ channel, name, data }: z.infer<typeof Message>): void {
    for (const client of clients) {
      if (client.channels.has(channel)) {
        client.way.send(JSON.stringify({ event: name, channel, data }));
      }
    }
  }

  /** The status and body that a request is answered with. */
  async function answer(request: IncomingMessage): Promise<[number, unknown]> {
    const url = new URL(request.url ?? '/', 'http://pusher');
    const method = request.method ?? 'GET';
    const body = await readBody(request);
    if (method === 'GET' && url.pathname === '/counts') return [200, counts];
    if (method === 'POST' && url.pathname === '/cut') {
      for (const { socket } of clients) socket.close(COME_BACK, 'cut');
      return [200, {}];
    }
    if (!url.pathname.startsWith(`/apps/${app.id}/`)) return [404, { error: 'unknown app' }];
    const wrong = wrongRequest(app, { method, url, body }, Date.now() / 1_000);
    if (wrong) return [401, { error: wrong }];
    if (method === 'GET' && url.pathname === `/apps/${app.id}/channels`)
      return [200, { channels: {} }];
    const messages = readMessages(url.pathname.split('/').at(-1), body);
    if (!messages) return [400, { error: 'not an event' }];
    if (messages.some(({ data }) => Buffer.byteLength(data) > MAX_DATA_BYTES)) {
      return [413, { error: 'the data of an event may have 10240 bytes' }];
    }
    for (const message of messages) publish(message);
    return [200, {}];
  }

  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    answer(request).then(
      ([status, body]) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(body));
      },
      (error: unknown) => {
        response.writeHead(500).end(String(error));
      },
    );
  });

  function take(client: Client, text: string): void {
    const { event, data } = Frame.parse(JSON.parse(text));
    const reply = (name: string, body: unknown, channel?: string) =>
      client.socket.send(JSON.stringify({ event: name, channel, data: JSON.stringify(body) }));
    if (event === 'pusher:ping') reply('pusher:pong', {});
    const channel = data?.channel;
    if (!channel) return;
    if (event === 'pusher:unsubscribe') client.channels.delete(channel);
    if (event !== 'pusher:subscribe') return;
    const isPrivate = channel.startsWith('private-');
    if (isPrivate && !isAuthorised(app, client.id, channel, data.auth ?? '')) {
      reply('pusher:subscription_error', { type: 'AuthError', status: 401 }, channel);
      return;
    }
    client.channels.add(channel);
    reply('pusher_internal:subscription_succeeded', {}, channel);
  }

  const wss = new WebSocketServer({ server });
  wss.on('connection', (socket, request) => {
    const [, key] = /^\/app\/([^/?]+)/.exec(request.url ?? '') ?? [];
    if (key !== app.key) {
      socket.close(UNKNOWN_APP, 'unknown app');
      return;
    }
    connected += 1;
    const deliver = (message: string) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(message);
    };
    const way = new FaultyWay(faults, counts, seed + connected, deliver);
    const client: Client = { id: `${process.pid}.${connected}`, channels: new Set(), way, socket };
    clients.add(client);
    socket.on('close', () => {
      way.stop();
      clients.delete(client);
    });
    socket.on('error', () => socket.terminate());
    socket.on('message', (bytes) => take(client, bytes.toString()));
    const data = { socket_id: client.id, activity_timeout: ACTIVITY_TIMEOUT_S };
    socket.send(
      JSON.stringify({ event: 'pusher:connection_established', data: JSON.stringify(data) }),
    );
  });

  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    counts,
    cut() {
      for (const { socket } of clients) socket.close(COME_BACK, 'cut');
    },
    async stop() {
      for (const { socket } of clients) socket.terminate();
      wss.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function readMessages(kind: string | undefined, body: string): z.infer<typeof Message>[] | null {
  const json: unknown = JSON.parse(body || 'null');
  if (kind === 'events') {
    const one = EventBody.safeParse(json).data;
    return one ? one.channels.map((channel) => ({ ...one, channel })) : null;
  }
  return kind === 'batch_events' ? (BatchBody.safeParse(json).data?.batch ?? null) : null;
}
