import { randomBytes } from 'node:crypto';
import { appendFileSync, chmodSync, existsSync } from 'node:fs';

const FILE = '.env.local';

/** Takes over what `.env.local` says, where the environment itself says nothing. */
export function loadEnvFile(): void {
  if (existsSync(FILE)) process.loadEnvFile(FILE);
}

/**
 * The secret that signs sessions. Generated into `.env.local` (mode 0600) on first start; in
 * production it has to be given.
 */
export function ensureAuthSecret(): string {
  const given = process.env.AUTH_SECRET;
  if (given) return given;
  if (process.env.NODE_ENV === 'production') {
    throw new Error(
      'AUTH_SECRET is not set, and sessions can’t be signed without it. Set it to 32 or more random characters, e.g. the output of `openssl rand -base64 33`.',
    );
  }
  const secret = randomBytes(33).toString('base64url');
  appendFileSync(FILE, `AUTH_SECRET=${secret}\n`, { mode: 0o600 });
  chmodSync(FILE, 0o600);
  process.env.AUTH_SECRET = secret;
  return secret;
}
