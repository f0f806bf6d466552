import { decode, encode } from 'next-auth/jwt';
import { z } from 'zod';

/** What a session token says: which session, whose. Everything else is read from the database. */
const TokenSchema = z.object({ sid: z.uuid(), sub: z.uuid() });
export type Token = z.infer<typeof TokenSchema>;

/** A bearer token in the form of the session cookie: an encrypted JWT (next-auth's). */
export const encodeToken = (token: Token, secret: string, maxAgeSeconds: number): Promise<string> =>
  encode({ token, secret, maxAge: maxAgeSeconds });

/** The token's content, or null when it is forged, expired, or not a token at all. */
export async function decodeToken(raw: string, secret: string): Promise<Token | null> {
  const content = await decode({ token: raw, secret }).catch(() => null);
  const parsed = TokenSchema.safeParse(content);
  return parsed.success ? parsed.data : null;
}

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
