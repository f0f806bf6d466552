import { z } from 'zod';
import { EXAMPLE_IDS, EXAMPLE_REFRESH_TOKEN, EXAMPLE_SIGN_IN } from '@/api/rest/examples';
import { operation } from '@/api/rest/operation';
import { IdParams, KeyResource, Tokens, ViewerResource } from '@/api/rest/resources';
import { ACCESS_SECONDS, encodeToken } from '@/auth/token';
import { ensured } from '@/domain/errors';
import type { Viewer } from '@/domain/roles';
import { MakeApiKeyInput } from '@/services/make-api-key';
import { issueRefreshToken, RefreshSessionInput, refreshSession } from '@/services/refresh-session';
import { SignInInput, signIn } from '@/services/sign-in';

type Renewed = { sessionId: string; viewer: Viewer; refreshToken: string };

async function tokensOf(secret: string, { sessionId, viewer, refreshToken }: Renewed) {
  const content = { sid: sessionId, sub: viewer.userId };
  return {
    tokenType: 'Bearer' as const,
    accessToken: await encodeToken(content, secret, ACCESS_SECONDS),
    expiresIn: ACCESS_SECONDS,
    refreshToken,
    viewer,
  };
}

export const authOperations = [
  operation({
    id: 'login',
    ...{ method: 'post', path: '/auth/login', tag: 'auth', access: 'anyone' },
    summary: 'Begin a session with e-mail and password',
    detail:
      'The access token lasts 15 minutes and is sent as `Authorization: Bearer …`; the refresh token renews it once and is then replaced by the next.',
    body: SignInInput,
    status: 200,
    output: Tokens,
    example: { as: 'guest', body: EXAMPLE_SIGN_IN },
    async run({ deps, device, body }) {
      const { sessionId, viewer } = await signIn(deps, body, device);
      const refreshToken = await issueRefreshToken(deps, sessionId);
      return { body: await tokensOf(deps.secret, { sessionId, viewer, refreshToken }) };
    },
  }),
  operation({
    id: 'refresh',
    ...{ method: 'post', path: '/auth/refresh', tag: 'auth', access: 'anyone' },
    summary: 'Renew an access token',
    detail: 'A refresh token that comes a second time ends its session.',
    body: RefreshSessionInput,
    status: 200,
    output: Tokens,
    example: { as: 'guest', body: { refreshToken: EXAMPLE_REFRESH_TOKEN } },
    async run({ deps, body }) {
      return { body: await tokensOf(deps.secret, await refreshSession(deps, body)) };
    },
  }),
  operation({
    id: 'logout',
    ...{ method: 'post', path: '/auth/logout', tag: 'auth', access: 'person' },
    summary: 'End the session',
    status: 204,
    example: { as: 'customer' },
    async run({ api }) {
      await api.auth.signOut();
      return { body: null };
    },
  }),
  operation({
    id: 'getMe',
    ...{ method: 'get', path: '/auth/me', tag: 'auth', access: 'signed_in' },
    summary: 'In whose name a token or key acts',
    status: 200,
    output: ViewerResource,
    example: { as: 'customer' },
    async run({ session }) {
      return { body: ensured(session, 'a session, by the access of this operation').viewer };
    },
  }),
  operation({
    id: 'listKeys',
    ...{ method: 'get', path: '/keys', tag: 'keys', access: 'person' },
    summary: 'List API keys',
    detail: 'For admins.',
    status: 200,
    output: z.object({ keys: z.array(KeyResource) }),
    example: { as: 'admin' },
    async run({ api }) {
      return { body: { keys: await api.apiKeys.list() } };
    },
  }),
  operation({
    id: 'makeKey',
    ...{ method: 'post', path: '/keys', tag: 'keys', access: 'person' },
    summary: 'Make an API key',
    detail:
      'For admins. The secret is told in this answer and never again; it is null when the same request is repeated.',
    body: MakeApiKeyInput.omit({ idempotencyKey: true }),
    status: 201,
    output: z.object({ keyId: z.string(), secret: z.string().nullable() }),
    example: { as: 'admin', body: { name: 'Till in the shop', scopes: ['orders:read'] } },
    async run({ api, body, idempotencyKey }) {
      const made = await api.apiKeys.make({ ...body, idempotencyKey });
      return { body: made, location: `/keys/${made.keyId}` };
    },
  }),
  operation({
    id: 'revokeKey',
    ...{ method: 'delete', path: '/keys/{id}', tag: 'keys', access: 'person' },
    summary: 'Revoke an API key',
    detail: 'For admins. It is refused two seconds later at the latest.',
    params: IdParams,
    status: 204,
    example: { as: 'admin', params: { id: EXAMPLE_IDS.key } },
    async run({ api, params, idempotencyKey }) {
      await api.apiKeys.revoke({ keyId: params.id, idempotencyKey });
      return { body: null };
    },
  }),
];
