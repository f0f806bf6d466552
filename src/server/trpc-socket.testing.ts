import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { initTRPC, TRPCError, type TrackedEnvelope, tracked } from '@trpc/server';
import { applyWSSHandler } from '@trpc/server/adapters/ws';
import { WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { orderEvent } from '@/domain/images.testing';
import { Hub, type HubMessage } from '@/realtime/hub';
import { type Listen, LiveFeed } from '@/realtime/live-feed';
import type { Source } from '@/realtime/shared-stream';
import { Told } from '@/realtime/told';
import { type GuardedSocket, guardedSockets, SOCKET_LIMITS } from './guarded-socket';
import { TrpcSocket } from './trpc-socket';

/** A log in memory with a hub, and how its lines look: padded, so that they may weigh something. */
export type Log = { hub: Hub; lines: number; padding: string; encoded: number };

export const newLog = (): Log => ({ hub: new Hub(), lines: 0, padding: '', encoded: 0 });

const messageOf = (version: number): HubMessage => ({
  kind: 'event',
  read: {
    event: orderEvent('first', { version }),
    place: { xid: '1', position: `${version}` },
    settled: true,
    byApi: false,
  },
});

/** Writes lines to the log; `lost`: the hub hears of the last alone. */
export function write(log: Log, count = 1, lost = false): void {
  for (let n = 1; n <= count; n += 1) {
    log.lines += 1;
    if (!lost || n === count) log.hub.publish('order:first', messageOf(log.lines));
  }
}

const versionOf = ([message]: readonly HubMessage[]) =>
  message?.kind === 'event' ? message.read.event.version : 0;

type Line = TrackedEnvelope<unknown>;

/** A feed of that log, with cursors. */
class LogFeed extends LiveFeed<Line> {
  #place: number;
  readonly #source: Source<Line>;

  constructor(
    private readonly log: Log,
    lastEventId: string | null | undefined,
    signal: AbortSignal | undefined,
  ) {
    super(log.hub, signal);
    this.#place = Number(lastEventId ?? 0);
    this.#source = {
      key: 'log',
      topic: 'order:first',
      tell(messages) {
        const line = versionOf(messages);
        const toJSON = () => {
          log.encoded += 1;
          return { line, padding: log.padding };
        };
        return new Told(messages, tracked(`${line}`, { toJSON }));
      },
    };
  }

  next(told: Told<Line>) {
    const line = versionOf(told.from);
    if (line <= this.#place) return 'known' as const;
    if (line > this.#place + 1) return 'behind' as const;
    this.#place = line;
    return told;
  }

  protected async *replay(listen: Listen<Line>) {
    listen([this.#source]);
    while (this.#place < this.log.lines) {
      this.#place += 1;
      yield this.#source.tell([messageOf(this.#place)]);
    }
  }
}

/** The latest line alone counts. */
class LatestFeed extends LiveFeed<number | null> {
  constructor(
    private readonly log: Log,
    signal: AbortSignal | undefined,
  ) {
    super(log.hub, signal);
  }

  next(told: Told<number | null>) {
    return told;
  }

  protected async *replay(listen: Listen<number | null>) {
    listen([
      {
        key: 'latest',
        topic: 'order:first',
        tell: (messages) => new Told(messages, versionOf(messages), 'latest'),
      },
    ]);
    yield new Told([], this.log.lines || null);
  }
}

class RefusedFeed extends LiveFeed<never> {
  next(): 'known' {
    return 'known';
  }

  // biome-ignore lint/correctness/useYield: it is refused before it has anything to say
  protected async *replay(): AsyncGenerator<Told<never>, void> {
    throw new TRPCError({ code: 'FORBIDDEN', message: 'not yours' });
  }
}

const t = initTRPC.context<{ name: string }>().create();
const Resume = z.object({ lastEventId: z.string().nullish() }).optional();

const routerOver = (log: Log) =>
  t.router({
    whoami: t.procedure.query(({ ctx }) => ctx.name),
    echo: t.procedure.input(z.unknown()).query(({ input }) => input),
    write: t.procedure.input(z.number()).mutation(({ input }) => {
      write(log, input);
      return { lines: log.lines };
    }),
    number: t.procedure.input(z.number()).query(({ input }) => input),
    refuse: t.procedure.query(() => {
      throw new TRPCError({ code: 'FORBIDDEN', message: 'not yours' });
    }),
    crash: t.procedure.mutation(() => {
      throw new Error('a bug');
    }),
    unsayable: t.procedure.query(() => 1n),
    streamless: t.procedure.query(async function* () {
      yield 1;
    }),
    count: t.procedure
      .input(z.object({ to: z.number(), lastEventId: z.string().nullish() }))
      .subscription(async function* ({ input }) {
        for (let n = Number(input.lastEventId ?? 0) + 1; n <= input.to; n += 1) {
          yield tracked(`${n}`, { n });
        }
      }),
    untracked: t.procedure.subscription(async function* () {
      yield null;
      yield 'ünd';
    }),
    breaks: t.procedure.subscription(async function* () {
      yield 1;
      throw new TRPCError({ code: 'CONFLICT', message: 'half-way' });
    }),
    waits: t.procedure.subscription(async function* ({ signal }) {
      yield 'waiting';
      if (signal) await once(signal, 'abort');
    }),
    follow: t.procedure
      .input(Resume)
      .subscription(({ input, signal }) => new LogFeed(log, input?.lastEventId, signal)),
    latest: t.procedure.subscription(({ signal }) => new LatestFeed(log, signal)),
    refused: t.procedure.subscription(({ signal }) => new RefusedFeed(log.hub, signal)),
  });

const ORDINARY = { pingMs: 60_000, pongWaitMs: 60_000 };
const MAX_BATCH = 5;

type Params = Record<string, string | undefined> | null;

const nameIn = (params: Params): string => {
  if (params?.name === 'nobody') throw new TRPCError({ code: 'UNAUTHORIZED', message: 'who?' });
  return params?.name ?? 'guest';
};

type Options = {
  log: Log;
  keepAlive?: typeof ORDINARY;
  unsentBytes?: number;
  /** Told of each write to what lies under a socket. */
  onWrite?: (bytes: number) => void;
};

/** The same procedures behind tRPC's own adapter, or behind ours. */
export async function serve(
  adapter: 'stock' | 'ours',
  { log, keepAlive = ORDINARY, unsentBytes = SOCKET_LIMITS.unsentBytes, onWrite }: Options,
) {
  const router = routerOver(log);
  const http = createServer();
  const limits = { ...SOCKET_LIMITS, unsentBytes, messages: { burst: 1e6, perSecond: 1e6 } };
  const ours = new WebSocketServer({ noServer: true, WebSocket: guardedSockets(limits) });
  const stock = new WebSocketServer({ noServer: true });
  applyWSSHandler({
    ...{ wss: stock, router, maxBatchSize: MAX_BATCH },
    keepAlive: { enabled: true, ...keepAlive },
    createContext: async ({ info }) => ({ name: nameIn(info.connectionParams) }),
    onError: () => undefined,
  });
  const options = {
    ...{ router, maxBatchSize: MAX_BATCH, maxSubscriptions: 100, keepAlive },
    createContext: async ({ connectionParams }: { connectionParams: Params }) => ({
      name: nameIn(connectionParams),
    }),
    onError: () => undefined,
  };
  http.on('upgrade', (request, wire: Duplex, head) => {
    if (adapter === 'stock') {
      stock.handleUpgrade(request, wire, head, (socket) =>
        stock.emit('connection', socket, request),
      );
      return;
    }
    ours.handleUpgrade(request, wire, head, (socket: GuardedSocket) => {
      socket.adopt(onWrite ? observed(wire, onWrite) : wire);
      new TrpcSocket(options, socket, request);
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  // An http server that listens on a port has such an address.
  const { port } = http.address() as AddressInfo;
  const wss = adapter === 'stock' ? stock : ours;
  return {
    url: `ws://127.0.0.1:${port}`,
    sockets: wss.clients,
    async [Symbol.asyncDispose]() {
      for (const socket of wss.clients) socket.terminate();
      wss.close();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

function observed(wire: Duplex, onWrite: (bytes: number) => void): Duplex {
  const write = wire.write.bind(wire);
  wire.write = (chunk: Buffer | string, ...rest: never[]) => {
    onWrite(chunk.length);
    return write(chunk, ...rest);
  };
  return wire;
}

/** A client without manners: says what it is told to, and keeps what it hears. */
export async function converse(url: string) {
  const socket = new WebSocket(url);
  const frames: string[] = [];
  const closed = once(socket, 'close').then(([code]) => Number(code));
  socket.on('message', (data) => frames.push(String(data)));
  await once(socket, 'open');
  return {
    socket,
    frames,
    closed,
    say: (content: unknown) =>
      socket.send(typeof content === 'string' ? content : JSON.stringify(content)),
    /** Waits until so many frames have come, or the socket is closed. */
    async heard(count: number): Promise<void> {
      while (frames.length < count && socket.readyState !== WebSocket.CLOSED) {
        await Promise.race([once(socket, 'message'), closed]);
      }
    },
    [Symbol.dispose]: () => socket.terminate(),
  };
}
