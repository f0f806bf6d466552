import { sha256 } from '@/domain/digest';
import { randomToken } from './random-token';

/** 192 bits: nobody guesses it, and nothing but the mail has it. */
const TOKEN_BYTES = 24;

export const freshToken = (): string => randomToken(TOKEN_BYTES);

/** As it is kept. A token is random enough for a plain hash. */
export const hashToken = (token: string): Promise<string> => sha256(token);
