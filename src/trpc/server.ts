import 'server-only';
import { TRPCError } from '@trpc/server';
import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { createCaller } from '@/api/router';
import { readInstallation } from '@/db/queries/users';
import { HOME, type Role, type Viewer } from '@/domain/roles';
import { runtime } from './runtime';

const credentials = cache(async () => {
  const list = await headers();
  return { cookie: list.get('cookie') };
});

/** Who looks at this page, or null for a guest. */
export const getViewer = cache(async (): Promise<Viewer | null> => {
  const session = await runtime().getSession(await credentials());
  return session?.viewer ?? null;
});

/** The viewer in this role; others are sent to sign in, or to where they belong. */
export async function requireRole(role: Role, returnTo: string): Promise<Viewer> {
  const viewer = await getViewer();
  if (!viewer) {
    const blocked = await runtime().isBlocked(await credentials());
    redirect(blocked ? '/sign-in?blocked' : `/sign-in?next=${encodeURIComponent(returnTo)}`);
  }
  if (viewer.role !== role) redirect(HOME[viewer.role]);
  return viewer;
}

/** The procedures, called in this process for the present viewer. */
export async function api() {
  return createCaller({ deps: runtime(), credentials: await credentials() });
}

/** Shows Next's *not found* page when the answer is that there is no such thing. */
export async function notFoundOnRefusal<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const missing = error instanceof TRPCError && ['NOT_FOUND', 'BAD_REQUEST'].includes(error.code);
    if (missing) notFound();
    throw error;
  }
}

/** Whether this installation shows the demo city, with its one-click sign-ins. */
export async function isDemo(): Promise<boolean> {
  return (await readInstallation(runtime().db))?.demo ?? false;
}
