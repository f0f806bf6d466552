import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiDeps } from '@/api/context';
import { apiDocs } from '@/api/rest/docs';
import { handleRest, REST_PREFIX } from '@/api/rest/handle';
import { MAX_BODY_BYTES } from '@/api/rest/read-request';
import type { ClientConnection } from './forwarded';
import { hasBody, sendAnswer, toRequest } from './web-door';

/** REST and its documentation over Node's HTTP; what they do stands in `api/rest`. */
export type RestDoors = {
  /** Answers when the path is one of these; whether it was. */
  handle(request: IncomingMessage, response: ServerResponse, path: string): boolean;
};

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
      await sendAnswer(response, await work());
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
        void answer(message, response, async () => {
          const body = hasBody(message) ? await readBody(message) : null;
          return handleRest(toRequest(message, body), deps, { address });
        });
        return true;
      }
      const docs = apiDocs(path);
      if (docs) void answer(message, response, docs);
      return docs !== null;
    },
  };
}
