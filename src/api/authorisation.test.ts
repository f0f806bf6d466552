import { TRPCError } from '@trpc/server';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { ROLES, type Role } from '@/domain/roles';
import type { ApiDeps } from './context';
import { PROCEDURES } from './procedures';
import { createCaller } from './router';

/** Whatever is looked up is one look too many. */
const untouched = new Proxy({} as ApiDeps['db'], {
  get(_, name) {
    throw new Error(`the database was asked: ${String(name)}`);
  },
});

function callerFor(role: Role | null) {
  const viewer = role && { userId: uuidv7(), role, name: 'Somebody' };
  const session = viewer && {
    ...{ id: uuidv7(), viewer, expiresAt: new Date('2100-01-01') },
  };
  // Only what is asked before a use case begins.
  const deps = {
    db: untouched,
    getSession: async () => session,
    isBlocked: async () => false,
    now: () => new Date(),
    onError: () => undefined,
  } as Partial<ApiDeps> as ApiDeps;
  return createCaller({ deps, credentials: {} });
}

/** The procedure at a path, called without what it needs: who is refused by role never gets so far. */
async function codeOf(role: Role | null, path: string): Promise<string> {
  const procedure = path
    .split('.')
    .reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], callerFor(role));
  const call = procedure as () => Promise<unknown>;
  return call().then(
    () => 'answered',
    (error: unknown) => (error instanceof TRPCError ? error.code : 'other'),
  );
}

const guarded = PROCEDURES.flatMap(({ path, roles }) => (roles ? [{ path, roles }] : []));

describe('a procedure', () => {
  it.each(guarded)(
    '$path refuses whom it does not hear, before anything is looked up',
    async ({ path, roles }) => {
      expect(await codeOf(null, path)).toBe('UNAUTHORIZED');
      const heard: string[] = [];
      for (const role of ROLES) {
        const code = await codeOf(role, path);
        if (roles.includes(role)) heard.push(code);
        else expect(code).toBe('FORBIDDEN');
      }
      // A use case may be narrower than that, but not for everybody.
      expect(heard.filter((code) => code !== 'FORBIDDEN')).not.toEqual([]);
    },
  );

  it('is for guests only where that is meant', () => {
    const open = PROCEDURES.flatMap(({ path, roles }) => (roles ? [] : [path]));
    expect(open).toMatchInlineSnapshot(`
      [
        "addresses.reverse",
        "addresses.search",
        "auth.me",
        "auth.signIn",
        "auth.signUp",
        "live.catchUp",
        "notices.pushKey",
        "orders.quote",
        "orders.slots",
        "people.invitation",
        "people.join",
        "restaurants.byId",
        "restaurants.changes",
        "restaurants.changesStart",
        "restaurants.cuisines",
        "restaurants.get",
        "restaurants.nearby",
        "share.view",
        "share.watch",
      ]
    `);
  });
});
