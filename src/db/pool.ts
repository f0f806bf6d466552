import type { Socket } from 'node:net';
import postgres from 'postgres';

export type PoolOptions = {
  max: number;
  /** The server hands out transactions, not sessions, so that nothing may be kept between two of them. */
  pooled: boolean;
  /** Seconds in which a connection has to come about. */
  connectSeconds: number;
  /** What a session begins with, where it is ours: a pooler refuses what it can't restore. */
  session: Readonly<Record<string, string>>;
  /** Opens its sockets, see `dialTcp`; left out, postgres.js does. */
  dial?: Dial | undefined;
};

/** A pool of postgres.js that can be left at once: its own `end` leaves sockets open that nobody answers. */
export type Pool = { sql: postgres.Sql; leave(): void };

type Address = { host: string[]; port: number[]; path: string | undefined };
export type Dial = (address: { host: string; port: number; path: string | undefined }) => Socket;

/** A pool of connections; a dead server is tried again every half second at the latest. */
export function openPool(url: string, options: PoolOptions): Pool {
  const { max, pooled, connectSeconds, session, dial } = options;
  const sockets = new Set<Socket>();
  let left = false;
  let turn = 0;

  /** As postgres.js makes its own; what it writes before the connection stands waits in the socket. */
  const opener =
    (dialled: Dial) =>
    ({ host: hosts, port: ports, path }: Address): Socket => {
      if (left) throw new Error('this pool was left');
      const at = turn % hosts.length;
      turn += 1;
      const [host, port] = [hosts[at] ?? 'localhost', ports[at] ?? 5_432];
      const socket = dialled({ host, port, path });
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      // It reads the name from here when it checks a certificate.
      return Object.assign(socket, { host, port });
    };

  const settings = {
    max,
    prepare: !pooled,
    connect_timeout: connectSeconds,
    idle_timeout: 300,
    max_lifetime: 1_800,
    backoff: (tries: number) => Math.min(0.02 * 2 ** tries, 0.5),
    onnotice: () => undefined,
    connection: {
      ...{ application_name: 'hotfoot', TimeZone: 'UTC' },
      ...(pooled ? {} : session),
    },
    // Its types leave this option out.
    ...(dial ? { socket: opener(dial) } : {}),
  };
  const sql = postgres(url, settings);
  return {
    sql,
    leave() {
      left = true;
      void sql.end({ timeout: 0 }).finally(() => {
        for (const socket of sockets) socket.destroy();
      });
    },
  };
}
