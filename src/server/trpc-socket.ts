import type { IncomingMessage } from 'node:http';
import {
  type AnyTRPCRouter,
  callTRPCProcedure,
  getErrorShape,
  getTRPCErrorFromUnknown,
  type inferRouterContext,
  isTrackedEnvelope,
  TRPCError,
  transformTRPCResponse,
} from '@trpc/server';
import { parseConnectionParamsFromUnknown } from '@trpc/server/http';
import {
  parseTRPCMessage,
  type TRPCClientOutgoingMessage,
  type TRPCErrorShape,
  type TRPCRequestMessage,
  type TRPCResponseMessage,
  type TRPCResultMessage,
} from '@trpc/server/rpc';
import { ensured } from '@/domain/errors';
import { LiveFeed } from '@/realtime/live-feed';
import { answerHead } from '@/realtime/told';
import { type GuardedSocket, TOO_MANY } from './guarded-socket';
import { LiveSubscription } from './live-subscription';

/**
 * tRPC's protocol over ws, as its own adapter speaks it: a test compares them frame by frame. Live feeds
 * are handed over to the hub, and a connection costs little. For routers without a transformer: what the
 * hub writes is JSON.
 */

/** Try again later: RFC 6455's registry. */
const LATER = { code: 1_013, reason: 'try again later' };

type ConnectionParams = ReturnType<typeof parseConnectionParamsFromUnknown>;

export type TrpcSocketOptions<Router extends AnyTRPCRouter> = {
  router: Router;
  /** Once for each connection, when it has said who it is. */
  createContext: (connection: {
    request: IncomingMessage;
    socket: GuardedSocket;
    connectionParams: ConnectionParams;
  }) => Promise<inferRouterContext<Router>>;
  /** Calls in one frame. */
  maxBatchSize: number;
  /** Subscriptions that are open at once. */
  maxSubscriptions: number;
  /** Quiet for so long, a client is asked whether it is still there, and has so long to answer. */
  keepAlive: { pingMs: number; pongWaitMs: number };
  /** What the client can't be told, and what goes wrong after it has left. */
  onError: (error: unknown, where: string) => void;
};

/** A subscription of a connection: on its way, or running. */
type Open = { stop(): void; stopped: boolean };

/** Tells the client nothing about the error, for when its shape can't be made or sent. */
const FALLBACK: TRPCErrorShape = {
  code: -32_603,
  message: 'Internal server error',
  data: { code: 'INTERNAL_SERVER_ERROR', httpStatus: 500 },
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isAsyncIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

type Outcome<T> = { ok: true; value: T } | { ok: false; error: unknown };

/** An error comes a moment later than a value: so answers to calls of one batch keep the order they have. */
const settled = <T>(promise: Promise<T>): Promise<Outcome<T>> =>
  promise.then(
    (value) => ({ ok: true, value }),
    (error: unknown) => ({ ok: false, error }),
  );

function stop(subscription: Open): void {
  if (subscription.stopped) return;
  subscription.stopped = true;
  subscription.stop();
}

function resultOf(value: unknown): TRPCResultMessage<unknown>['result'] {
  if (!isTrackedEnvelope(value)) return { type: 'data', data: value };
  const [id, data] = value;
  return { type: 'data', data: { id, data }, id };
}

/** What an error is about. */
type Asked = Pick<Parameters<typeof getErrorShape>[0], 'type' | 'path' | 'input'> & {
  id: number | string | null;
  jsonrpc: '2.0' | undefined;
};

type Call = Asked & {
  id: number | string;
  type: TRPCRequestMessage['method'];
  path: string;
  batchIndex: number;
};

/** What is about no call in particular. */
const NOTHING: Asked = {
  ...{ id: null, jsonrpc: undefined, type: 'unknown', path: undefined, input: undefined },
};

/** A call's input, with where a subscription goes on from. */
function inputOf({ input, lastEventId }: TRPCRequestMessage['params']): unknown {
  if (lastEventId === undefined) return input;
  if (isObject(input)) return { ...input, lastEventId };
  return input ?? { lastEventId };
}

function paramsIn(text: string): ConnectionParams {
  let message: unknown;
  try {
    message = JSON.parse(text);
    if (!isObject(message)) throw new Error('Message was not an object');
  } catch (cause) {
    throw new TRPCError({
      ...{ code: 'PARSE_ERROR', message: 'Malformed TRPCConnectionParamsMessage', cause },
    });
  }
  return parseConnectionParamsFromUnknown(message.data);
}

export class TrpcSocket<Router extends AnyTRPCRouter> {
  #context: Promise<inferRouterContext<Router>> | null = null;
  /** The same once it is there, for errors. */
  #known: inferRouterContext<Router> | undefined;
  #request: IncomingMessage | null;
  readonly #open = new Map<number | string, Open>();
  readonly #quiet: NodeJS.Timeout;
  #unanswered: NodeJS.Timeout | undefined;

  constructor(
    private readonly options: TrpcSocketOptions<Router>,
    private readonly socket: GuardedSocket,
    request: IncomingMessage,
  ) {
    this.#request = request;
    const asked = new URLSearchParams(request.url?.split('?')[1]);
    if (asked.get('connectionParams') !== '1') this.#introduce(() => null);
    this.#quiet = setTimeout(() => this.#ping(), options.keepAlive.pingMs);
    socket.on('message', (data) => this.#take(String(data)));
    socket.on('close', () => this.#close());
  }

  #ping(): void {
    const { pongWaitMs } = this.options.keepAlive;
    this.socket.send('PING');
    this.#unanswered = setTimeout(() => this.socket.terminate(), pongWaitMs);
  }

  #close(): void {
    clearTimeout(this.#quiet);
    clearTimeout(this.#unanswered);
    for (const subscription of this.#open.values()) stop(subscription);
  }

  #take(text: string): void {
    clearTimeout(this.#unanswered);
    this.#quiet.refresh();
    if (text === 'PONG') return;
    if (text === 'PING') this.socket.send('PONG');
    else if (!this.#context) this.#introduce(() => paramsIn(text));
    else for (const [n, message] of this.#parse(text).entries()) this.#answer(message, n);
  }

  /** Who it is that has connected; in vain, the connection is closed. */
  #introduce(params: () => ConnectionParams): void {
    const introduced = async () => {
      const { socket, options } = this;
      const request = ensured(this.#request, 'a connection that is not introduced yet');
      this.#request = null;
      this.#known = await options.createContext({ request, socket, connectionParams: params() });
      return this.#known;
    };
    this.#context = introduced();
    this.#context.catch((cause: unknown) => {
      this.#refuse(NOTHING, cause);
      setImmediate(() => this.socket.close());
    });
  }

  #parse(text: string): TRPCClientOutgoingMessage[] {
    const { router, maxBatchSize } = this.options;
    try {
      const content: unknown = JSON.parse(text);
      const messages: unknown[] = Array.isArray(content) ? content : [content];
      if (messages.length <= maxBatchSize) {
        return messages.map((one) => parseTRPCMessage(one, router._def._config.transformer));
      }
      this.#refuseAll(messages);
    } catch (cause) {
      this.#refuse(NOTHING, new TRPCError({ code: 'PARSE_ERROR', cause }));
    }
    return [];
  }

  /** Each call of a batch that is too large, so that nobody waits for an answer; none is looked at. */
  #refuseAll(messages: readonly unknown[]): void {
    const message = 'Batch call exceeds maximum size';
    const error = this.#shapeOf(new TRPCError({ code: 'BAD_REQUEST', message }), NOTHING);
    let refused = 0;
    for (const one of messages) {
      if (!isObject(one) || one.method === 'subscription.stop') continue;
      const { id, jsonrpc } = one;
      if (typeof id !== 'number' && typeof id !== 'string') continue;
      this.#send({ id, jsonrpc: jsonrpc === '2.0' ? jsonrpc : undefined, error });
      refused += 1;
    }
    if (refused === 0) this.#send({ id: null, error });
  }

  #answer(message: TRPCClientOutgoingMessage, batchIndex: number): void {
    const { id, jsonrpc, method } = message;
    if (id === null) {
      const error = new TRPCError({ code: 'PARSE_ERROR', message: '`id` is required' });
      this.#refuse({ ...NOTHING, jsonrpc }, error);
    } else if (method === 'subscription.stop') {
      const subscription = this.#open.get(id);
      if (subscription) stop(subscription);
    } else {
      const { path } = message.params;
      const call = { id, jsonrpc, type: method, path, input: inputOf(message.params), batchIndex };
      if (method === 'subscription') void this.#subscribe(call);
      else void this.#run(call);
    }
  }

  async #run(call: Call): Promise<void> {
    const { id, jsonrpc, type } = call;
    const run = async () => {
      const data = await this.#call(call, undefined);
      if (isAsyncIterable(data)) {
        const message = `Cannot return an async iterable or observable from a ${type} procedure with WebSockets`;
        throw new TRPCError({ code: 'UNSUPPORTED_MEDIA_TYPE', message });
      }
      this.#send({ id, jsonrpc, result: { type: 'data', data } });
    };
    const outcome = await settled(run());
    if (!outcome.ok) this.#refuse(call, outcome.error);
  }

  async #subscribe(call: Call): Promise<void> {
    const { id, jsonrpc } = call;
    if (this.#open.has(id)) {
      const message = `Duplicate id ${id}`;
      this.#refuse(call, new TRPCError({ code: 'BAD_REQUEST', message }));
      return;
    }
    const running = [...this.#open.values()].filter(({ stopped }) => !stopped);
    if (running.length >= this.options.maxSubscriptions) {
      this.socket.close(TOO_MANY, 'too many subscriptions');
      return;
    }
    const cancel = new AbortController();
    const { signal } = cancel;
    const subscription: Open = { stopped: false, stop: () => cancel.abort() };
    this.#open.set(id, subscription);
    const ended = () => this.#ended(id, jsonrpc);
    const begun = await settled(this.#begin(call, signal));
    if (signal.aborted) return ended();
    if (!begun.ok) {
      if (this.#comesBackFor(begun.error)) return;
      this.#open.delete(id);
      this.#refuse(call, begun.error);
      return;
    }
    this.#send({ id, jsonrpc, result: { type: 'started' } });
    if (begun.value instanceof LiveFeed) {
      this.#handOver({ id, jsonrpc, type: call.type, path: call.path }, begun.value);
      return;
    }
    try {
      for await (const value of begun.value) {
        if (signal.aborted) break;
        this.#send({ id, jsonrpc, result: resultOf(value) });
      }
      ended();
    } catch (cause) {
      if (signal.aborted) ended();
      else this.#failed(call, cause);
    }
  }

  /** What a feed keeps of its subscription, for hours, is this alone. */
  #handOver(asked: Omit<Call, 'input' | 'batchIndex'>, feed: LiveFeed<unknown>): void {
    const { id, jsonrpc } = asked;
    const live = new LiveSubscription(this.socket, feed, answerHead(id, jsonrpc), {
      ended: () => this.#ended(id, jsonrpc),
      failed: (cause) => this.#failed(asked, cause),
    });
    this.#open.set(id, { stopped: false, stop: () => live.stop() });
    live.start();
  }

  #ended(id: number | string, jsonrpc: '2.0' | undefined): void {
    this.#open.delete(id);
    this.#send({ id, jsonrpc, result: { type: 'stopped' } });
  }

  #failed(asked: Omit<Call, 'input' | 'batchIndex'>, cause: unknown): void {
    if (this.#comesBackFor(cause)) return;
    this.#refuse({ ...asked, input: undefined }, cause);
    this.#ended(asked.id, asked.jsonrpc);
  }

  /**
   * Clients take an error for the end of a subscription. Where it only can't go on just now the socket
   * closes instead: they come back and go on after their last event.
   */
  #comesBackFor(cause: unknown): boolean {
    if (getTRPCErrorFromUnknown(cause).code !== 'SERVICE_UNAVAILABLE') return false;
    this.socket.close(LATER.code, LATER.reason);
    return true;
  }

  async #begin(call: Call, signal: AbortSignal): Promise<AsyncIterable<unknown>> {
    const stream = await this.#call(call, signal);
    if (isAsyncIterable(stream)) return stream;
    const message = `Subscription ${call.path} did not return an observable or a AsyncGenerator`;
    throw new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message });
  }

  async #call({ type, path, input, batchIndex }: Call, signal: AbortSignal | undefined) {
    const ctx = await this.#context;
    if (signal?.aborted) return undefined;
    const { router } = this.options;
    const getRawInput = async () => input;
    return callTRPCProcedure({ router, path, getRawInput, ctx, type, signal, batchIndex });
  }

  #refuse(asked: Asked, cause: unknown): void {
    const { id, jsonrpc } = asked;
    try {
      this.#send({ id, jsonrpc, error: this.#shapeOf(getTRPCErrorFromUnknown(cause), asked) });
    } catch (failure) {
      this.options.onError(failure, asked.path ?? 'socket');
      this.#send({ id, jsonrpc, error: FALLBACK });
    }
  }

  #shapeOf(error: TRPCError, { type, path, input }: Asked): TRPCErrorShape {
    const { _config: config } = this.options.router._def;
    return getErrorShape({ config, error, ctx: this.#known, type, path, input });
  }

  #send(message: TRPCResponseMessage): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    const { _config: config } = this.options.router._def;
    this.socket.send(JSON.stringify(transformTRPCResponse(config, message)));
  }
}
