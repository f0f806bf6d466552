import { createHash, randomBytes } from 'node:crypto';

/** 192 bits: nobody guesses it, and nothing but the mail has it. */
const TOKEN_BYTES = 24;

export const freshToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');

/** As it is kept. A token is random enough for a plain hash. */
export const hashToken = (token: string): string =>
  createHash('sha256').update(token).digest('hex');
