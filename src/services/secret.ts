import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits after a prefix that says what it is. */
export const freshSecret = (prefix: string): string =>
  `${prefix}${randomBytes(32).toString('base64url')}`;

/** What is kept of a secret: it is too long to guess, so one round of SHA-256 is enough. */
export const hashOfSecret = (secret: string): string =>
  createHash('sha256').update(secret).digest('hex');
