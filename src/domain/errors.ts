/** The closed family of refusals. Each maps to one transport status in `api/errors.ts`. */
export type RefusalCode =
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'invalid'
  | 'conflict'
  | 'too_many'
  | 'unavailable';

export type RefusalDetail = {
  /** Stable, machine-readable reason, e.g. `item_sold_out`. */
  reason: string;
  /** One sentence for a person: what is wrong. */
  message: string;
  /** The next thing to do. */
  hint?: string;
  /** Data a client can act on, e.g. the ids of sold-out items. */
  data?: Record<string, unknown>;
};

/** A request that was understood and refused; nothing was changed. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly reason: string;
  readonly hint: string | undefined;
  readonly data: Record<string, unknown> | undefined;

  constructor(
    readonly code: RefusalCode,
    detail: RefusalDetail,
  ) {
    super(detail.message);
    this.reason = detail.reason;
    this.hint = detail.hint;
    this.data = detail.data;
  }
}

export const invalid = (detail: RefusalDetail): Refusal => new Refusal('invalid', detail);
export const conflict = (detail: RefusalDetail): Refusal => new Refusal('conflict', detail);

/** Unknown and foreign objects look the same, so that ids can't be probed. */
export const notFound = (what: string): Refusal =>
  new Refusal('not_found', {
    reason: `${what}_not_found`,
    message: `There is no such ${what}.`,
    hint: 'Check the link, or go back and choose again.',
  });

export const unauthenticated = (): Refusal =>
  new Refusal('unauthenticated', {
    reason: 'sign_in_required',
    message: 'You are not signed in, or your session has ended.',
    hint: 'Sign in and try again.',
  });

/** Told to nobody but who has shown that the account is theirs. */
export const accountBlocked = (): Refusal =>
  new Refusal('unauthenticated', {
    reason: 'account_blocked',
    message: 'This account is blocked.',
    hint: 'Ask the people who run this place.',
  });

export const forbidden = (): Refusal =>
  new Refusal('forbidden', {
    reason: 'role_not_allowed',
    message: 'Your role does not allow this.',
    hint: 'Sign in with an account that may do it.',
  });

/** The one place that admits a value the types can't prove: `what` names the guarantee. */
export function ensured<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`expected ${what}`);
  return value;
}
