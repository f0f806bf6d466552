import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Door } from '@/api/doors/door';

/** What stands behind `Request` and `Response`, over Node's HTTP. */

const BODILESS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

export const hasBody = ({ method = 'GET' }: IncomingMessage): boolean => !BODILESS.has(method);

function headersOf({ headers }: IncomingMessage): Headers {
  const out = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string') out.set(name, value);
    else for (const one of value ?? []) out.append(name, one);
  }
  return out;
}

export function toRequest(
  message: IncomingMessage,
  body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | null,
): Request {
  // A body that is a stream says so by `duplex`, which the types of the browser do not know.
  const init: RequestInit & { duplex: 'half' } = {
    ...{ method: message.method ?? 'GET', headers: headersOf(message), body, duplex: 'half' },
  };
  return new Request(new URL(message.url ?? '/', 'http://door'), init);
}

/** The body as it comes in: nothing is taken of it before somebody reads. */
function bodyOf(message: IncomingMessage): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<Buffer> = message[Symbol.asyncIterator]();
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
    },
    { highWaterMark: 0 },
  );
}

export async function sendAnswer(response: ServerResponse, answer: Response): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer());
  response.writeHead(answer.status, {
    ...Object.fromEntries(answer.headers),
    ...(answer.status === 204 || answer.status === 304 ? {} : { 'content-length': body.length }),
    // Whoever sends more than is read is not to send on.
    ...(answer.status === 413 ? { connection: 'close' } : {}),
  });
  response.end(body);
}

/** Has a message answered by a door. */
export async function answerBy(
  door: Door,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const request = toRequest(message, hasBody(message) ? bodyOf(message) : null);
  await sendAnswer(response, await door(request));
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent) return;
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  response.writeHead(status, headers).end(JSON.stringify(body));
}
