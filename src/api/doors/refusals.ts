import type { Refusal, RefusalCode } from '@/domain/errors';

/** How a refusal is said over plain HTTP. */
export const REFUSAL_STATUS: Readonly<Record<RefusalCode, number>> = {
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  invalid: 400,
  conflict: 409,
  too_many: 429,
  unavailable: 503,
};

export const wireRefusal = ({ code, reason, message, hint, data }: Refusal) => ({
  code,
  reason,
  message,
  hint: hint ?? null,
  data: data ?? null,
});
