import type { ApiDeps, CallTerms } from '@/api/context';
import { databaseRefusal } from '@/api/errors';
import { serviceContext } from '@/api/init';
import { REQUEST_ID, requestIdOf } from '@/api/request-id';
import { createCaller } from '@/api/router';
import { aboutOf } from '@/api/tell-call';
import { isApiKey } from '@/auth/api-key';
import type { Credentials, Session } from '@/auth/session';
import { tokenFromAuthorization } from '@/auth/token';
import { accountBlocked } from '@/domain/errors';
import { answeredBefore } from '@/services/command';
import { oneAtATime } from './one-at-a-time';
import type { Answer, Api, Operation } from './operation';
import { problemOf, problemResponse, RestProblem } from './problem';
import { takeCall } from './rate-limit';
import { readBody, readIdempotencyKey, readIfMatch, readParams, readQuery } from './read-request';
import { findRoute } from './routes';

export const REST_PREFIX = '/api/v1';

/** Who is connected, as far as the server knows. */
export type RestAbout = { address: string | null };

/** A key or a token from the header. Cookies open nothing here: no other site can act through a browser. */
function credentialsOf(headers: Headers): Credentials {
  const token = tokenFromAuthorization(headers.get('authorization'));
  if (token && isApiKey(token)) return { apiKey: token };
  return { token: token ?? null };
}

async function sessionOf(deps: ApiDeps, headers: Headers): Promise<Session | null> {
  if (!headers.has('authorization')) return null;
  const credentials = credentialsOf(headers);
  const session = await deps.getSession(credentials);
  if (session) return session;
  if (await deps.isBlocked(credentials)) throw accountBlocked();
  throw new RestProblem(401, {
    reason: 'token_refused',
    detail: 'This token is not known, has expired, or its session has ended.',
    hint: 'Renew it at /api/v1/auth/refresh, or sign in again.',
    headers: { 'www-authenticate': 'Bearer realm="hotfoot", error="invalid_token"' },
  });
}

function checkAccess({ access }: Operation, session: Session | null): void {
  if (access === 'anyone') return;
  if (!session) {
    throw new RestProblem(401, {
      reason: 'sign_in_required',
      detail: 'This needs a token or an API key.',
      hint: 'Sign in at /api/v1/auth/login and send the access token as Bearer.',
    });
  }
  const { key } = session;
  if (!key || access === 'signed_in') return;
  if (access !== 'person' && key.scopes.includes(access)) return;
  throw new RestProblem(403, {
    reason: 'scope_missing',
    detail: access === 'person' ? 'No API key may do this.' : `This needs the scope ${access}.`,
    hint: access === 'person' ? 'Sign in as a person.' : 'Ask an admin for a key that has it.',
    data: { scope: access },
    headers: {
      'www-authenticate': `Bearer realm="hotfoot", error="insufficient_scope", scope="${access}"`,
    },
  });
}

function respond(operation: Operation, answer: Answer<unknown>, headers: Headers): Response {
  const etag = answer.version === undefined ? null : `"${answer.version}"`;
  const out = new Headers();
  if (etag) out.set('etag', etag);
  if (answer.location) out.set('location', `${REST_PREFIX}${answer.location}`);
  if (etag && operation.versioned === 'reads' && headers.get('if-none-match') === etag) {
    return new Response(null, { status: 304, headers: out });
  }
  if (!operation.output) return new Response(null, { status: operation.status, headers: out });
  out.set('content-type', 'application/json');
  // What the document does not promise does not leave the house.
  const body = JSON.stringify(operation.output.parse(answer.body));
  return new Response(body, { status: operation.status, headers: out });
}

async function perform(
  request: Request,
  deps: ApiDeps,
  about: RestAbout & { requestId: string },
): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const { headers } = request;
  const session = await sessionOf(deps, headers).catch(async (error: unknown) => {
    // Whatever the request was to change, it has not come to that.
    const unavailable = databaseRefusal(error, false);
    if (unavailable) throw unavailable;
    await takeCall(deps, about.address ?? '');
    throw error;
  });
  const left = await takeCall(deps, session?.id ?? about.address ?? '');
  const method = request.method === 'HEAD' ? 'get' : request.method.toLowerCase();
  const { operation, raw } = findRoute(method, pathname.slice(REST_PREFIX.length));
  checkAccess(operation, session);
  const params = readParams(raw, operation);
  const query = readQuery(searchParams, operation);
  const seen = readIfMatch(headers, operation);
  const idempotencyKey = readIdempotencyKey(headers, operation);
  const body = await readBody(request, operation);
  const device = { userAgent: headers.get('user-agent'), address: about.address };
  const credentials = credentialsOf(headers);
  const apiWith = (terms: CallTerms) =>
    createCaller({ deps, device, credentials, terms, requestId: about.requestId });
  const terms = { via: 'api', onlyAtVersion: seen ?? undefined } as const;
  const call = {
    ...{ deps, device, session, params, query, body, idempotencyKey, seen },
    api: apiWith(terms),
    service: serviceContext(deps, session, terms),
    async edit(work: (api: Api) => Promise<unknown>) {
      const asked = { name: operation.id, request: { params, body, seen } };
      const ctx = serviceContext(deps, session, { via: 'api', asked });
      const command = { name: operation.id, request: { idempotencyKey } };
      if ((await answeredBefore(ctx, command)) === null) await work(apiWith({ asked }));
    },
  };
  const who = session?.viewer.userId ?? about.address;
  const answer =
    headers.has('idempotency-key') && method !== 'get'
      ? await oneAtATime(deps, { who, idempotencyKey }, () => operation.run(call))
      : await operation.run(call);
  const response = respond(operation, answer, headers);
  for (const [name, value] of Object.entries(left)) response.headers.set(name, value);
  return response;
}

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** Answers a request below `/api/v1`; whatever goes wrong is a problem with the request's id. */
export async function handleRest(
  request: Request,
  deps: ApiDeps,
  about: RestAbout,
): Promise<Response> {
  const requestId = requestIdOf(request.headers.get(REQUEST_ID));
  const path = new URL(request.url).pathname;
  let response: Response;
  try {
    response = await perform(request, deps, { ...about, requestId });
  } catch (error) {
    const problem = problemOf(error, !READS.has(request.method));
    if (!problem) {
      deps.onError(error, `${request.method} ${path}`, { requestId, ...aboutOf(error) });
    }
    response = problemResponse(problem, { path, requestId });
  }
  response.headers.set(REQUEST_ID, requestId);
  response.headers.set('cache-control', 'no-store');
  response.headers.set('x-content-type-options', 'nosniff');
  return request.method === 'HEAD'
    ? new Response(null, { status: response.status, headers: response.headers })
    : response;
}
