import type { NextAuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { z } from 'zod';
import type { Database } from '@/db/client';
import { Refusal } from '@/domain/errors';
import { SESSION_DAYS, SignInInput, signIn, signOut } from '@/services/sign-in';

const SignedIn = z.object({ id: z.uuid(), sessionId: z.uuid() });

/** next-auth with e-mail and password; the token only names a session that can be revoked. */
export function authOptions(options: {
  db: Database;
  secret: string;
  now: () => Date;
}): NextAuthOptions {
  const { secret } = options;
  return {
    secret,
    session: { strategy: 'jwt', maxAge: SESSION_DAYS * 86_400 },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        async authorize(credentials) {
          const input = SignInInput.safeParse(credentials);
          if (!input.success) return null;
          try {
            const { sessionId, viewer } = await signIn(options, input.data);
            return { id: viewer.userId, name: viewer.name, sessionId };
          } catch (error) {
            if (error instanceof Refusal) return null;
            throw error;
          }
        },
      }),
    ],
    callbacks: {
      jwt({ token, user }) {
        const signedIn = SignedIn.safeParse(user);
        if (!signedIn.success) return token;
        return { sub: signedIn.data.id, sid: signedIn.data.sessionId };
      },
    },
    events: {
      async signOut({ token }) {
        const sid = z.uuid().safeParse(token.sid);
        if (sid.success) await signOut(options, sid.data);
      },
    },
  };
}
