import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiDeps } from '@/api/context';
import { apiDocs } from '@/api/rest/docs';
import { handleRest, REST_PREFIX } from '@/api/rest/handle';
import { MAX_BODY_BYTES } from '@/api/rest/read-request';
import type { ClientConnection } from './forwarded';

/** REST and its documentation over Node's HTTP; what they do stands in `api/rest`. */
export type RestDoors = {
  /** Answers when the path is one of these; whether it was. */
  handle(request: IncomingMessage, response: ServerResponse, path: string): boolean;
};

const BODILESS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** The body, or so much of one that is too long that this can be told. */
async function readBody(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_BODY_BYTES) break;
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function headersOf({ headers }: IncomingMessage): Headers {
  const out = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string') out.set(name, value);
    else for (const one of value ?? []) out.append(name, one);
  }
  return out;
}

async function toRequest(message: IncomingMessage): Promise<Request> {
  const method = message.method ?? 'GET';
  const body = BODILESS.has(method) ? null : await readBody(message);
  const headers = headersOf(message);
  return new Request(new URL(message.url ?? '/', 'http://door'), { method, headers, body });
}

async function send(response: ServerResponse, answer: Response): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer());
  response.writeHead(answer.status, {
    ...Object.fromEntries(answer.headers),
    ...(answer.status === 204 || answer.status === 304 ? {} : { 'content-length': body.length }),
    // Whoever sends more than is read is not to send on.
    ...(answer.status === 413 ? { connection: 'close' } : {}),
  });
  response.end(body);
}

export function createRestDoors(
  deps: ApiDeps,
  clientOf: (message: IncomingMessage) => ClientConnection,
): RestDoors {
  async function answer(
    message: IncomingMessage,
    response: ServerResponse,
    work: () => Promise<Response>,
  ): Promise<void> {
    try {
      await send(response, await work());
    } catch (error) {
      // Whoever hangs up while they are asked gets no answer; nothing of ours went wrong.
      if (!message.complete) return void response.destroy();
      deps.onError(error, 'rest');
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    }
  }

  return {
    handle(message, response, path) {
      if (path === REST_PREFIX || path.startsWith(`${REST_PREFIX}/`)) {
        const { address } = clientOf(message);
        void answer(message, response, async () =>
          handleRest(await toRequest(message), deps, { address }),
        );
        return true;
      }
      const docs = apiDocs(path);
      if (docs) void answer(message, response, docs);
      return docs !== null;
    },
  };
}
