import { batchReader } from '@/db/batch-reader';
import type { Database } from '@/db/client';
import { isSessionOfBlocked, touchSessions } from '@/db/queries/people';
import { findLiveSessions, type LiveSession } from '@/db/queries/users';
import type { Viewer } from '@/domain/roles';
import { apiKeyReader, type KeyUse } from './api-key';
import {
  decodeToken,
  openToken,
  type Token,
  tokenFromAuthorization,
  tokenFromCookies,
} from './token';

export type Session = {
  id: string;
  viewer: Viewer;
  expiresAt: Date;
  /** When what was brought opens nothing any more, whatever becomes of the session. */
  tokenEndsAt: Date;
  /** Where a machine acts in the viewer's name. */
  key?: KeyUse;
};

/** What a request, a socket or a page brings: a cookie header, or a bearer token. */
export type Credentials = {
  cookie?: string | null;
  authorization?: string | null;
  /** From the connection parameters of a socket. */
  token?: string | null;
  /** Brought by the one door that asks for scopes: everywhere else a key opens nothing. */
  apiKey?: string | null;
};

export type SessionReader = ((credentials: Credentials) => Promise<Session | null>) & {
  /** The session has ended: it is not taken for alive any longer. */
  forget?(credentials: Credentials): void;
};

/** A session that was ended is still taken for alive for so long, milliseconds. */
const TRUSTED_MS = 2_000;
/** A token is opened again after so long, though it says the same; how long a session lasts stands in the database. */
const OPENED_MS = 600_000;
/** When a session was seen is noted this often at the most. */
export const SEEN_EVERY_MS = 300_000;
const CACHE_SIZE = 20_000;

type Known = {
  token: Token | null;
  /** The token's own end, milliseconds. */
  endsAt: number;
  openedUntil: number;
  session: Session | null;
  until: number;
};

/** Whether a program asks: our pages bring a cookie, programs a token or a key. */
export const isProgram = ({ token, authorization, apiKey }: Credentials): boolean =>
  Boolean(apiKey ?? token ?? tokenFromAuthorization(authorization));

const tokenOf = ({ token, authorization, cookie }: Credentials): string | null =>
  token ?? tokenFromAuthorization(authorization) ?? tokenFromCookies(cookie);

async function findAndTouch(
  db: Database,
  ids: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, LiveSession>> {
  const found = await findLiveSessions(db, ids, now);
  const since = new Date(now.getTime() - SEEN_EVERY_MS);
  const unnoted = [...found].filter(([, { seenAt }]) => !seenAt || seenAt < since);
  await touchSessions(
    db,
    unnoted.map(([id]) => id),
    { now, since },
  );
  return found;
}

/** Whether these are the credentials of somebody who is blocked: only they are told so. */
export async function isBlocked(
  { db, secret }: { db: Database; secret: string },
  credentials: Credentials,
): Promise<boolean> {
  const raw = tokenOf(credentials);
  const token = raw && (await decodeToken(raw, secret));
  return token ? isSessionOfBlocked(db, token.sid) : false;
}

/** The one `getSession` of Next, ws and REST: decodes the token, then asks the database. */
export function sessionReader(options: {
  db: Database;
  secret: string;
  now: () => Date;
}): SessionReader {
  const { db, secret, now } = options;
  const known = new Map<string, Known>();
  const findLive = batchReader((ids) => findAndTouch(db, ids, now()));

  const readKey = apiKeyReader(options);

  const read = async (credentials: Credentials): Promise<Session | null> => {
    if (credentials.apiKey) return readKey(credentials.apiKey);
    const raw = tokenOf(credentials);
    if (!raw) return null;
    const at = now().getTime();
    const cached = known.get(raw);
    if (cached && cached.until > at) return cached.session;
    const opened = cached && cached.openedUntil > at ? cached : null;
    const read = opened ? null : await openToken(raw, secret);
    const endsAt = opened?.endsAt ?? read?.endsAt.getTime() ?? 0;
    const token = endsAt > at ? (opened?.token ?? read?.token ?? null) : null;
    const live = token && (await findLive(token.sid));
    const { viewer, expiresAt } = live ?? {};
    const session =
      token && viewer && expiresAt
        ? { id: token.sid, viewer, expiresAt, tokenEndsAt: new Date(endsAt) }
        : null;
    if (known.size >= CACHE_SIZE) known.clear();
    const openedUntil = opened?.openedUntil ?? at + OPENED_MS;
    known.set(raw, {
      token,
      endsAt,
      openedUntil,
      session,
      until: Math.min(at + TRUSTED_MS, token ? endsAt : Infinity),
    });
    return session;
  };
  return Object.assign(read, {
    forget(credentials: Credentials) {
      const raw = tokenOf(credentials);
      if (raw) known.delete(raw);
    },
  });
}
