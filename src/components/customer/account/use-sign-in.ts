'use client';

import { signIn } from 'next-auth/react';
import { useState } from 'react';
import { HOME } from '@/domain/roles';
import { trpc } from '@/trpc/client';

export type Credentials = { email: string; password: string };

const WRONG = 'This e-mail and password do not belong together. Check both and try again.';
const UNREACHABLE = 'We could not be reached. Check your connection and try again.';

/** Signs in and goes to `next`, or to the home of the role. The page is loaded anew with the session. */
export function useSignIn(next: string | null) {
  const utils = trpc.useUtils();
  const [error, setError] = useState<string | null>(null);

  async function enter(credentials: Credentials): Promise<boolean> {
    setError(null);
    try {
      const answer = await signIn('credentials', { ...credentials, redirect: false });
      if (!answer?.ok) {
        setError(answer?.status === 429 ? 'Too many tries. Wait a minute, then try again.' : WRONG);
        return false;
      }
      const viewer = await utils.auth.me.fetch(undefined, { staleTime: 0 });
      window.location.assign(next ?? (viewer ? HOME[viewer.role] : '/'));
      return true;
    } catch {
      setError(UNREACHABLE);
      return false;
    }
  }

  return { enter, error };
}
