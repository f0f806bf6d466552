import { publicProcedure, router, signedInProcedure } from '@/api/init';
import { encodeToken } from '@/auth/token';
import { SESSION_DAYS, SignInInput, signIn, signOut } from '@/services/sign-in';
import { SignUpInput, signUp } from '@/services/sign-up';

export const authRouter = router({
  me: publicProcedure.query(({ ctx }) => ctx.viewer),
  signUp: publicProcedure
    .meta({ limited: 'sign_up' })
    .input(SignUpInput)
    .mutation(({ ctx, input }) => signUp(ctx.service, input)),
  /** For programs: a bearer token. Browsers sign in through next-auth and get a cookie. */
  signIn: publicProcedure.input(SignInInput).mutation(async ({ ctx, input }) => {
    const { sessionId, expiresAt, viewer } = await signIn(ctx.service, input, ctx.device);
    const content = { sid: sessionId, sub: viewer.userId };
    const token = await encodeToken(content, ctx.deps.secret, SESSION_DAYS * 86_400);
    return { token, expiresAt: expiresAt.toISOString(), viewer };
  }),
  signOut: signedInProcedure.mutation(({ ctx }) => signOut(ctx.service, ctx.session.id)),
});
