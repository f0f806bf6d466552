import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Backend, BackendDied } from './backend';
import { Client } from './client';
import { errorResponse } from './protocol';
import { Turns } from './turns';

const MAX_CLIENTS = 200;
const CLOSE_MS = 1_000;

export type Front = {
  port: number;
  /** Starts to serve on the backend; clients that came before wait until then. */
  open(backend: Backend, parameters: ReadonlyMap<string, string>): void;
  /** Runs work on the backend as soon as no client is inside a transaction or a batch. */
  between(job: (backend: Backend) => void): void;
  /** Tells the clients, closes their connections and the port. */
  close(): Promise<void>;
};

export type FrontOptions = {
  /** On 127.0.0.1; 0 takes any free one. */
  port: number;
  user: string;
  database: string;
  password: string;
  idleInTransactionMs: number;
  died(error: BackendDied): void;
};

/**
 * Listens on the loopback interface for PostgreSQL clients; rejects if the port is taken. One
 * session is behind all of them: temporary tables, advisory locks and SQL PREPARE are shared, and
 * NOTIFY, cancelling, timeouts and startup settings have no effect.
 */
export async function startFront(options: FrontOptions): Promise<Front> {
  const { user, database, password } = options;
  const clients = new Set<Client>();
  const early: Socket[] = [];
  let admit = (socket: Socket): void => {
    early.push(socket);
  };
  let turns: Turns | null = null;

  // A half-open connection lets what a client sent before it left be run, as a server does.
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) =>
    admit(socket),
  );
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');

  return {
    port: portOf(server),
    open(backend, parameters) {
      const opened = new Turns(backend, options);
      const events = {
        work: (client: Client) => opened.enroll(client),
        gone: (client: Client) => {
          clients.delete(client);
          opened.leave(client);
        },
      };
      let lastId = 0;
      admit = (socket) => {
        if (clients.size >= MAX_CLIENTS) {
          socket.end(errorResponse('FATAL', '53300', 'sorry, too many clients already'));
          socket.destroySoon();
          return;
        }
        lastId += 1;
        clients.add(new Client(lastId, socket, { user, database, password, parameters }, events));
        socket.resume();
      };
      turns = opened;
      early.splice(0).forEach(admit);
    },
    between(job) {
      turns?.between(job);
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      early.forEach((socket) => {
        socket.destroy();
      });
      for (const client of [...clients]) {
        client.terminate('57P01', 'terminating connection due to administrator command');
      }
      await Promise.race([closed, delay(CLOSE_MS)]);
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}
