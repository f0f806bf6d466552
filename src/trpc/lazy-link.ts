import type { TRPCLink } from '@trpc/client';
import { observable, type Unsubscribable } from '@trpc/server/observable';
import type { AppRouter } from '@/api/router';
import { reconnectDelayMs } from './reconnect';

type Operate = ReturnType<TRPCLink<AppRouter>>;

async function insist<T>(load: () => Promise<T>, attempt = 0): Promise<T> {
  try {
    return await load();
  } catch {
    await new Promise((resolve) => setTimeout(resolve, reconnectDelayMs(attempt)));
    return insist(load, attempt + 1);
  }
}

/** What comes to life on the page is not held up by what fetches the code. */
const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/**
 * A link that ends the chain and whose code comes with the first call. Without a network the code does
 * not come either: the call waits for it, as it would for the socket.
 */
export function lazyLink(load: () => Promise<TRPCLink<AppRouter>>): TRPCLink<AppRouter> {
  return (runtime) => {
    let operate: Promise<Operate> | null = null;
    return (call) =>
      observable((observer) => {
        let over = false;
        let inner: Unsubscribable | null = null;
        operate ??= nextTask()
          .then(() => insist(load))
          .then((link) => link(runtime));
        void operate.then((run) => {
          if (!over) inner = run(call).subscribe(observer);
        });
        return () => {
          over = true;
          inner?.unsubscribe();
        };
      });
  };
}
