import { sha256 } from '@/domain/digest';
import { randomToken } from './random-token';

const SECRET_BYTES = 32;

/** 256 random bits after a prefix that says what it is. */
export const freshSecret = (prefix: string): string => `${prefix}${randomToken(SECRET_BYTES)}`;

/** What is kept of a secret: it is too long to guess, so one round of SHA-256 is enough. */
export const hashOfSecret = (secret: string): Promise<string> => sha256(secret);
