import type { Database } from '@/db/client';
import { findLiveSession } from '@/db/queries/users';
import type { Viewer } from '@/domain/roles';
import { decodeToken, tokenFromAuthorization, tokenFromCookies } from './token';

export type Session = { id: string; viewer: Viewer; expiresAt: Date };

/** What a request, a socket or a page brings: a cookie header, or a bearer token. */
export type Credentials = {
  cookie?: string | null;
  authorization?: string | null;
  /** From the connection parameters of a socket. */
  token?: string | null;
};

export type SessionReader = (credentials: Credentials) => Promise<Session | null>;

/** A session that was ended is still taken for alive for so long, milliseconds. */
const TRUSTED_MS = 2_000;
const CACHE_SIZE = 20_000;

/** The one `getSession` of Next, ws and REST: decodes the token, then asks the database. */
export function sessionReader(options: {
  db: Database;
  secret: string;
  now: () => Date;
}): SessionReader {
  const { db, secret, now } = options;
  const known = new Map<string, { session: Session | null; until: number }>();

  return async (credentials) => {
    const raw =
      credentials.token ??
      tokenFromAuthorization(credentials.authorization) ??
      tokenFromCookies(credentials.cookie);
    if (!raw) return null;
    const at = now();
    const cached = known.get(raw);
    if (cached && cached.until > at.getTime()) return cached.session;
    const token = await decodeToken(raw, secret);
    const live = token && (await findLiveSession(db, token.sid, at));
    const session = token && live ? { id: token.sid, ...live } : null;
    if (known.size >= CACHE_SIZE) known.clear();
    known.set(raw, { session, until: at.getTime() + TRUSTED_MS });
    return session;
  };
}
