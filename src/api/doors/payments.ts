import type { ApiDeps } from '@/api/context';
import { Refusal } from '@/domain/errors';
import type { ServiceContext } from '@/services/context';
import { receivePaymentWebhook } from '@/services/receive-payment-webhook';
import { type Doors, doorFor, json, readBytes } from './door';

/** What card providers send, and the test provider's own form. */

const WEBHOOK = /^\/api\/webhooks\/payments\/([a-z][a-z0-9-]{0,30})$/;
const SANDBOX_CARDS = '/api/sandbox/cards';
const MAX_BODY_BYTES = 64 * 1_024;

const tooLong = () =>
  new Refusal('invalid', {
    reason: 'body_too_large',
    message: 'This message is too long.',
    hint: 'Send 64 KB at the most.',
  });

const readText = async (request: Request): Promise<string> =>
  (await readBytes(request, MAX_BODY_BYTES, tooLong)).toString('utf8');

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** Puts a token in the place of a test card; null where the test provider is off. */
export type Tokenise = ((card: unknown) => Promise<unknown>) | null;

export function paymentDoors(deps: ApiDeps, tokenise: Tokenise): Doors {
  const { db, now, committed, positions, payments } = deps;
  const ctx: ServiceContext = {
    ...{ db, now, committed, positions, payments },
    ...{ viewer: null, actor: 'system:payments', random: Math.random },
  };
  const receive = (provider: string) =>
    doorFor(deps, 'webhook', 'POST', async (request) => {
      const body = await readText(request);
      const headers = Object.fromEntries(request.headers);
      return json(200, { result: await receivePaymentWebhook(ctx, { provider, body, headers }) });
    });
  return (path) => {
    const provider = WEBHOOK.exec(path)?.[1];
    if (provider) return receive(provider);
    if (path !== SANDBOX_CARDS || !tokenise) return null;
    return doorFor(deps, SANDBOX_CARDS, 'POST', async (request) =>
      json(200, await tokenise(parseJson(await readText(request)))),
    );
  };
}
