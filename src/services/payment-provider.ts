import { Refusal } from '@/domain/errors';
import type { Charge } from '@/domain/payment';
import type { ServiceContext } from './context';

/** A card by what the provider gave for it, or that of an earlier payment of the same person. */
export type CardSource = { token: string } | { cardOf: string };

/** What a provider has told about a payment of ours. */
export type ProviderEvent = { id: string; type: string; charge: Charge };

/** Some of a provider's books; `next` asks for the page after it and is null after the last. */
export type ChargePage = { charges: Charge[]; next: string | null };

export type WebhookHeaders = Readonly<Record<string, string | string[] | undefined>>;

/**
 * Who moves money for us. Every call carries our payment id and may be repeated: the second one has
 * the answer of the first. Amounts in minor units.
 */
export type PaymentProvider = {
  readonly name: string;
  /** No money moves: screens have to say so. */
  readonly test: boolean;
  /** Holds the amount on a card; one that declines is an answer, not an error. */
  authorise(
    payment: { paymentId: string; amount: number; currency: string } & CardSource,
    signal: AbortSignal,
  ): Promise<Charge>;
  /** Takes so much of what is held and lets go of the rest. */
  capture(paymentId: string, amount: number): Promise<Charge>;
  /** Lets go of what is held. Of a payment that it has never heard of, it takes none from then on. */
  release(paymentId: string): Promise<Charge>;
  /** Gives back so much of what was captured; each part once under its id, however often it is asked. */
  refund(paymentId: string, part: { id: string; amount: number }): Promise<Charge>;
  find(paymentId: string): Promise<Charge | null>;
  /** The charges that have changed since. */
  changedSince(since: Date, after: string | null): Promise<ChargePage>;
  /** The event that this message holds, or null when it is not the provider's own. */
  readWebhook(body: string, headers: WebhookHeaders, now: Date): ProviderEvent | null;
};

/** How long a provider may take to answer, milliseconds. */
export const PROVIDER_DEADLINE_MS = 5_000;

/** The provider that new card payments go to, or null where only cash is taken. */
export const cardProvider = (ctx: ServiceContext): PaymentProvider | null =>
  ctx.payments[0] ?? null;

export const providerNamed = (ctx: ServiceContext, name: string): PaymentProvider | null =>
  ctx.payments.find((provider) => provider.name === name) ?? null;

export const providerUnanswered = (): Refusal =>
  new Refusal('unavailable', {
    reason: 'payment_unanswered',
    message: 'The card provider has not answered in time. Nothing was charged.',
    hint: 'Try again: it will not be charged twice. Or pay in cash.',
  });

/** Rejects when the work has not ended by the deadline; the work is told so. */
export async function withinDeadline<T>(
  work: (signal: AbortSignal) => Promise<T>,
  milliseconds = PROVIDER_DEADLINE_MS,
): Promise<T> {
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      stop.abort();
      reject(new Error('the provider did not answer in time'));
    }, milliseconds);
  });
  try {
    return await Promise.race([work(stop.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
