import type { Database } from '@/db/client';
import { findLiveKey, touchKey } from '@/db/queries/api-keys';
import type { Scope } from '@/domain/scopes';
import { KEY_PREFIX } from '@/services/make-api-key';
import { hashOfSecret } from '@/services/secret';
import type { Session } from './session';

export type KeyUse = { id: string; scopes: readonly Scope[] };

/** A key that was revoked is still taken for good for so long, milliseconds. */
const TRUSTED_MS = 2_000;
/** When a key was used is noted this often at the most. */
const NOTED_EVERY_MS = 60_000;
const CACHE_SIZE = 1_000;
/** A key ends when it is revoked. */
const NEVER = new Date(8_640_000_000_000_000);

export const isApiKey = (token: string): boolean => token.startsWith(KEY_PREFIX);

/** Who a key acts for, and what it may do; null for one that is unknown or revoked. */
export function apiKeyReader({ db, now }: { db: Database; now: () => Date }) {
  const known = new Map<string, { session: Session | null; until: number }>();

  return async (secret: string): Promise<Session | null> => {
    const at = now();
    const hash = await hashOfSecret(secret);
    const cached = known.get(hash);
    if (cached && cached.until > at.getTime()) return cached.session;
    const key = await findLiveKey(db, hash);
    if (key && at.getTime() - (key.lastUsedAt?.getTime() ?? 0) > NOTED_EVERY_MS) {
      await touchKey(db, key.id, at);
    }
    const session = key && {
      ...{ id: key.id, viewer: key.viewer, expiresAt: NEVER, tokenEndsAt: NEVER },
      key: { id: key.id, scopes: key.scopes },
    };
    if (known.size >= CACHE_SIZE) known.clear();
    known.set(hash, { session, until: at.getTime() + TRUSTED_MS });
    return session;
  };
}
