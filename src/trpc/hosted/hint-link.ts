import type { Operation, TRPCClientError, TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { CaughtUp } from '@/api/live';
import type { AppRouter } from '@/api/router';
import { Follower } from './follower';
import { openPositionPost } from './position-post';
import { type ChannelSettings, Rooms } from './rooms';

type Operate = ReturnType<TRPCLink<AppRouter>>;

/** Refusals stay as they are; what failed on the way, or on the server's side, may go well next time. */
function isFinal(error: unknown): boolean {
  const { data } = error as { data?: { httpStatus?: unknown } };
  const status = data?.httpStatus;
  return typeof status === 'number' && status < 500 && status !== 429;
}

/** An operation's input after a cursor; what it has no cursor for stays as it was. */
const inputAfter = (input: unknown, cursor: string | null): unknown =>
  cursor === null ? input : { ...(input as object), lastEventId: cursor };

const firstCursor = (input: unknown): string | null => {
  const { lastEventId } = (input ?? {}) as { lastEventId?: string | null };
  return lastEventId ?? null;
};

/** Asks what a subscription would send, over HTTP; questions of the same moment go together. */
function ask(query: Operate, op: Operation, cursor: string | null): Promise<CaughtUp> {
  const input = { path: op.path, input: inputAfter(op.input, cursor) };
  return new Promise((resolve, reject) => {
    query({
      op: { ...op, type: 'query', path: 'live.catchUp', input, signal: null },
      next: () => {
        throw new Error('this link ends the chain');
      },
    }).subscribe({
      // What `live.catchUp` answers; the links do not know of types.
      next: ({ result }) => resolve((result as { data: CaughtUp }).data),
      error: reject,
    });
  });
}

/** Subscriptions in hosted mode: hints on channels, and questions over `http` for what is missing. */
export function hintLink(
  settings: ChannelSettings,
  http: TRPCLink<AppRouter>,
): TRPCLink<AppRouter> {
  const rooms = new Rooms(settings);
  openPositionPost();
  return (runtime) => {
    const query = http(runtime);
    return ({ op }) =>
      observable((observer) => {
        const follower = new Follower(
          {
            ask: (cursor) => ask(query, op, cursor),
            join: (channel, listener) => rooms.join(channel, listener),
            emit: (id, data) =>
              observer.next({
                result: id === null ? { data } : { id, data: { id, data } },
                context: op.context,
              }),
            setLive: (live) =>
              observer.next({
                result: live
                  ? { type: 'started' }
                  : { type: 'state', state: 'connecting', error: null },
                context: op.context,
              }),
            fail: (error) => observer.error(error as TRPCClientError<AppRouter>),
            isFinal,
          },
          firstCursor(op.input),
          op.path === 'orders.courier',
        );
        follower.start();
        return () => follower.stop();
      });
  };
}
