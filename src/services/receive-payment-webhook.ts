import { nameActor } from '@/db/queries/events';
import { lockPayment, noteWebhook } from '@/db/queries/payments';
import { conflict, notFound, Refusal } from '@/domain/errors';
import type { ServiceContext } from './context';
import { followCharge } from './follow-charge';
import { type ProviderEvent, providerNamed, type WebhookHeaders } from './payment-provider';

const badSignature = () =>
  new Refusal('unauthenticated', {
    reason: 'bad_signature',
    message: 'This message does not carry the provider’s signature.',
    hint: 'Sign the raw body with the shared secret, and send it within five minutes.',
  });

function readEvent(
  ctx: ServiceContext,
  message: { provider: string; body: string; headers: WebhookHeaders },
): ProviderEvent {
  const provider = providerNamed(ctx, message.provider);
  if (!provider) throw notFound('provider');
  const event = provider.readWebhook(message.body, message.headers, ctx.now());
  if (!event) throw badSignature();
  return event;
}

/**
 * A provider tells how a payment stands. A message that comes again changes nothing; neither does one
 * that comes late, because our books only ever follow the provider's by an allowed step.
 */
export async function receivePaymentWebhook(
  ctx: ServiceContext,
  message: { provider: string; body: string; headers: WebhookHeaders },
): Promise<'taken' | 'repeated'> {
  const { id: eventId, type, charge } = readEvent(ctx, message);
  const { paymentId } = charge;
  const taken = await ctx.db.transaction(async (tx) => {
    await nameActor(tx, ctx.actor);
    const locked = await lockPayment(tx, paymentId);
    if (
      locked === 'unknown' ||
      (locked !== 'changed' && locked.payment.provider !== message.provider)
    ) {
      throw notFound('payment');
    }
    if (locked === 'changed') {
      throw conflict({
        reason: 'changed_meanwhile',
        message: 'Somebody changed this at the same moment.',
        hint: 'Look at the present state and try again.',
      });
    }
    if (!(await noteWebhook(tx, { provider: message.provider, eventId, paymentId, type }))) {
      return false;
    }
    await followCharge(tx, locked, charge, ctx.now());
    return true;
  });
  ctx.committed();
  return taken ? 'taken' : 'repeated';
}
