import { initTRPC } from '@trpc/server';
import { ZodError } from 'zod';
import { isProgram, type Session } from '@/auth/session';
import { accountBlocked, forbidden, unauthenticated } from '@/domain/errors';
import type { Limited } from '@/domain/limits';
import type { Role, Viewer } from '@/domain/roles';
import type { ServiceContext } from '@/services/context';
import { countCall } from '@/services/count-call';
import type { ApiContext, ApiDeps, CallTerms } from './context';
import { toTransport, wireRefusal } from './errors';
import { aboutOf, tellCall } from './tell-call';

type Meta = {
  /** Who may call a procedure; left out: anybody. What is theirs is asked by its use case. */
  roles?: readonly Role[];
  /** As what it is counted, see `domain/limits`; left out: as nothing. */
  limited?: Limited;
};

const t = initTRPC
  .context<ApiContext>()
  .meta<Meta>()
  .create({
    errorFormatter({ shape, error, path, ctx }) {
      if (error.code === 'INTERNAL_SERVER_ERROR') {
        ctx?.deps.onError(error.cause ?? error, path ?? '?', aboutOf(error));
        return {
          ...shape,
          message: 'Something went wrong on our side.',
          data: {
            code: shape.data.code,
            httpStatus: 500,
            path: shape.data.path,
            refusal: null,
            fields: null,
          },
        };
      }
      const { code, httpStatus, path: where } = shape.data;
      const fields =
        error.cause instanceof ZodError
          ? error.cause.issues.map(({ path: at, message }) => ({ field: at.join('.'), message }))
          : null;
      return {
        ...shape,
        message: fields ? 'Some of what was sent is not right.' : shape.message,
        data: { code, httpStatus, path: where, refusal: wireRefusal(error), fields },
      };
    },
  });

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** As it stands in the log. */
function actorOf(session: Session | null): string {
  if (!session) return 'system:guest';
  return session.key ? `key:${session.key.id}` : `user:${session.viewer.userId}`;
}

/** What a use case gets for somebody with this session, or for a guest. */
export function serviceContext(
  deps: ApiDeps,
  session: Session | null,
  terms: CallTerms = {},
): ServiceContext {
  return {
    db: deps.db,
    viewer: session?.viewer ?? null,
    actor: actorOf(session),
    now: deps.now,
    random: Math.random,
    committed: deps.committed,
    positions: deps.positions,
    payments: deps.payments,
    outsideGeocoder: deps.outsideGeocoder,
    ...terms,
  };
}

/** Whichever way a call came: tRPC and REST both pass here, over HTTP and over sockets. */
async function count({ deps, device }: ApiContext, session: Session | null, limited: Limited) {
  try {
    const userId = session?.viewer.userId ?? null;
    await countCall(deps, limited, { userId, address: device?.address ?? null });
  } catch (error) {
    throw toTransport(error);
  }
}

/** For anybody. The session is read anew for each call, so that a revoked one ends on open sockets. */
export const publicProcedure = t.procedure.use(tellCall).use(async ({ ctx, meta, next, type }) => {
  const session = await ctx.deps.getSession(ctx.credentials).catch((error: unknown) => {
    throw toTransport(error);
  });
  // Who is not heard is refused below, and costs nothing.
  const heard = !meta?.roles || (session !== null && meta.roles.includes(session.viewer.role));
  if (meta?.limited && heard) await count(ctx, session, meta.limited);
  const via = isProgram(ctx.credentials) ? 'api' : undefined;
  const result = await next({
    ctx: {
      session,
      viewer: session?.viewer ?? null,
      service: serviceContext(ctx.deps, session, { via, ...ctx.terms }),
    },
  });
  if (!result.ok) throw toTransport(result.error, type === 'mutation');
  return result;
});

const forRoles = (...roles: Role[]) =>
  publicProcedure.meta({ roles }).use(async ({ ctx, next }) => {
    if (!ctx.session) {
      const blocked = await ctx.deps.isBlocked(ctx.credentials).catch((error: unknown) => {
        throw toTransport(error);
      });
      throw toTransport(blocked ? accountBlocked() : unauthenticated());
    }
    const viewer: Viewer = ctx.session.viewer;
    if (!roles.includes(viewer.role)) throw toTransport(forbidden());
    return next({ ctx: { session: ctx.session, viewer } });
  });

export const signedInProcedure = forRoles('customer', 'driver', 'admin', 'kitchen');
export const customerProcedure = forRoles('customer');
export const driverProcedure = forRoles('driver');
export const adminProcedure = forRoles('admin');
/** Acting for a restaurant; for which, each use case asks. */
export const kitchenProcedure = forRoles('kitchen', 'admin');
