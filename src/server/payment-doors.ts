import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiDeps } from '@/api/context';
import { Refusal } from '@/domain/errors';
import { receivePaymentWebhook } from '@/services/receive-payment-webhook';
import { REFUSAL_STATUS, wireRefusal } from './refusals';
import type { SandboxCards } from './sandbox-cards';

/** What providers send, and the test provider's own form: raw HTTP, beside the procedures. */

const WEBHOOK = /^\/api\/webhooks\/payments\/([a-z][a-z0-9-]{0,30})$/;
const SANDBOX_CARDS = '/api/sandbox/cards';
const MAX_BODY_BYTES = 64 * 1_024;

const tooLarge = () =>
  new Refusal('invalid', {
    reason: 'body_too_large',
    message: 'This message is too long.',
    hint: 'Send 64 KB at the most.',
  });

/** The whole body as text; refuses more than 64 KB without reading on. */
async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

export type PaymentDoors = {
  /** Answers when the path is one of these; whether it was. */
  handle(request: IncomingMessage, response: ServerResponse, path: string): boolean;
};

export function createPaymentDoors(deps: ApiDeps, sandbox: SandboxCards | null): PaymentDoors {
  function send(response: ServerResponse, status: number, body: unknown): void {
    if (response.headersSent) return;
    const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
    response.writeHead(status, status === 413 ? { ...headers, connection: 'close' } : headers);
    response.end(JSON.stringify(body));
  }

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    where: string,
    work: (body: string) => Promise<unknown>,
  ): Promise<void> {
    if (request.method !== 'POST') {
      response.setHeader('allow', 'POST');
      return send(response, 405, { reason: 'method_not_allowed' });
    }
    try {
      send(response, 200, await work(await readBody(request)));
    } catch (error) {
      if (error instanceof Refusal) {
        const status = error.reason === 'body_too_large' ? 413 : REFUSAL_STATUS[error.code];
        return send(response, status, wireRefusal(error));
      }
      deps.onError(error, where);
      send(response, 500, { reason: 'unknown' });
    }
  }

  const context = (part: string) => ({
    db: deps.db,
    viewer: null,
    actor: `system:${part}`,
    now: deps.now,
    random: Math.random,
    committed: deps.committed,
    positions: deps.positions,
    payments: deps.payments,
  });

  return {
    handle(request, response, path) {
      const provider = WEBHOOK.exec(path)?.[1];
      if (provider) {
        const { headers } = request;
        void answer(request, response, 'webhook', async (body) => ({
          result: await receivePaymentWebhook(context('payments'), { provider, body, headers }),
        }));
        return true;
      }
      if (path === SANDBOX_CARDS && sandbox) {
        void answer(request, response, SANDBOX_CARDS, (body) => sandbox.tokenise(parseJson(body)));
        return true;
      }
      return false;
    },
  };
}
