import type { NextAuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { z } from 'zod';
import type { Database } from '@/db/client';
import { Refusal } from '@/domain/errors';
import { SESSION_DAYS, SignInInput, signIn, signOut } from '@/services/sign-in';

/** Of what the browser is told besides that the pair is wrong. */
const TOLD: ReadonlySet<string> = new Set(['account_blocked', 'too_many_sign_ins']);

const SignedIn = z.object({ id: z.uuid(), sessionId: z.uuid() });

/** Which device it is; the front door has written down who is connected. */
const Headers = z
  .object({ 'user-agent': z.string().optional(), 'x-forwarded-for': z.string().optional() })
  .transform((headers) => ({
    userAgent: headers['user-agent'] ?? null,
    address: headers['x-forwarded-for'] ?? null,
  }));

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
        async authorize(credentials, request) {
          const input = SignInInput.safeParse(credentials);
          if (!input.success) return null;
          try {
            const device = Headers.parse(request.headers ?? {});
            const { sessionId, viewer } = await signIn(options, input.data, device);
            return { id: viewer.userId, name: viewer.name, sessionId };
          } catch (error) {
            if (!(error instanceof Refusal)) throw error;
            // The browser reads it from the answer's address; what is null is a wrong pair.
            if (TOLD.has(error.reason)) throw new Error(error.reason);
            return null;
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
