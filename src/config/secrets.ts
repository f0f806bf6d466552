import { randomBytes } from 'node:crypto';
import { appendFileSync, chmodSync, existsSync } from 'node:fs';

const FILE = '.env.local';

/** Takes over what `.env.local` says, where the environment itself says nothing. */
export function loadEnvFile(): void {
  if (existsSync(FILE)) process.loadEnvFile(FILE);
}

type Secret = 'AUTH_SECRET' | 'SANDBOX_CARDS_SECRET';

const NEEDED_FOR: Readonly<Record<Secret, string>> = {
  AUTH_SECRET: 'sessions can’t be signed without it',
  SANDBOX_CARDS_SECRET: 'the webhooks of the test card provider can’t be signed without it',
};

/**
 * A secret of this installation. Generated into `.env.local` (mode 0600) on first start; in production
 * it has to be given.
 */
export function ensureSecret(name: Secret): string {
  const given = process.env[name];
  if (given) return given;
  if (process.env.NODE_ENV === 'production') {
    throw new Error(
      `${name} is not set, and ${NEEDED_FOR[name]}. Set it to 32 or more random characters, e.g. the output of \`openssl rand -base64 33\`.`,
    );
  }
  const secret = randomBytes(33).toString('base64url');
  appendFileSync(FILE, `${name}=${secret}\n`, { mode: 0o600 });
  chmodSync(FILE, 0o600);
  process.env[name] = secret;
  return secret;
}

/**
 * The secret of the test card provider, or null where cards are off: in production, where people could
 * take it for a real one, unless it is asked for.
 */
export function ensureCardsSecret(): string | null {
  const { CARDS, NODE_ENV } = process.env;
  const provider = CARDS || (NODE_ENV === 'production' ? 'off' : 'sandbox');
  return provider === 'sandbox' ? ensureSecret('SANDBOX_CARDS_SECRET') : null;
}
