import { encode } from 'next-auth/jwt';
import { z } from 'zod';
import { openSealed } from './sealed-token';

/** What a session token says: which session, whose. Everything else is read from the database. */
const TokenSchema = z.object({ sid: z.uuid(), sub: z.uuid() });
export type Token = z.infer<typeof TokenSchema>;

/** A bearer token in the form of the session cookie: an encrypted JWT (next-auth's). */
export const encodeToken = (token: Token, secret: string, maxAgeSeconds: number): Promise<string> =>
  encode({ token, secret, maxAge: maxAgeSeconds });

const OpenedSchema = z
  .object({ ...TokenSchema.shape, exp: z.number() })
  .transform(({ exp, ...token }) => ({ token, endsAt: new Date(exp * 1_000) }));

/** The token's content and its end, or null when it is forged, expired, or not a token at all. */
export async function openToken(
  raw: string,
  secret: string,
): Promise<{ token: Token; endsAt: Date } | null> {
  const parsed = OpenedSchema.safeParse(await openSealed(raw, secret));
  return parsed.success ? parsed.data : null;
}

export const decodeToken = async (raw: string, secret: string): Promise<Token | null> =>
  (await openToken(raw, secret))?.token ?? null;

/** How long the token lasts that a refresh renews, seconds. */
export const ACCESS_SECONDS = 900;

const COOKIES = ['__Secure-next-auth.session-token', 'next-auth.session-token'];

/** Cookies of others need not be well escaped. */
function unescaped(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** The session token in a `Cookie` header, put together again if next-auth split it. */
export function tokenFromCookies(header: string | null | undefined): string | null {
  const cookies = new Map(
    (header ?? '').split(';').map((pair): [string, string] => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at).trim(), unescaped(pair.slice(at + 1).trim())];
    }),
  );
  for (const name of COOKIES) {
    const whole = cookies.get(name);
    if (whole) return whole;
    let joined = '';
    for (let part = 0; cookies.has(`${name}.${part}`); part += 1) {
      joined += cookies.get(`${name}.${part}`);
    }
    if (joined) return joined;
  }
  return null;
}

export function tokenFromAuthorization(header: string | null | undefined): string | null {
  return /^Bearer (\S+)$/i.exec(header ?? '')?.[1] ?? null;
}
