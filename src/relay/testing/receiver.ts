import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Received = { headers: Record<string, string>; body: string; id: string };

type Answer = (response: ServerResponse, received: Received) => void;

/** Ways in which somebody’s server can behave. */
export const ANSWERS = {
  ok: (response) => response.writeHead(204).end(),
  broken: (response) => response.writeHead(500).end('out of order'),
  /** Takes the request and never answers. */
  hangs: () => undefined,
  /** Answers, and then the body has no end. */
  endless: (response) => {
    response.writeHead(200);
    const more = () => {
      while (response.write('x'.repeat(64 * 1_024)));
    };
    response.on('drain', more);
    more();
  },
} satisfies Record<string, Answer>;

export const redirectTo =
  (url: string): Answer =>
  (response) =>
    response.writeHead(302, { location: url }).end();

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** An HTTP server on loopback that keeps what it gets, and answers as it is told. */
export async function startReceiver(answer: Answer = ANSWERS.ok) {
  const received: Received[] = [];
  const state = { answer, sentBytes: 0, connections: 0 };
  const server = createServer((request, response) => {
    void readBody(request).then(
      (body) => {
        const headers = request.headers as Record<string, string>;
        const one = { headers, body, id: headers['webhook-id'] ?? '' };
        received.push(one);
        state.answer(response, one);
        response.once('close', () => {
          state.sentBytes = response.socket?.bytesWritten ?? 0;
        });
      },
      () => undefined,
    );
  }).listen(0, '127.0.0.1');
  server.on('connection', () => {
    state.connections += 1;
  });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}/hook`,
    received,
    state,
    /** Hangs up on everybody, as a server does that is restarted. */
    hangUp: () => server.closeAllConnections(),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
