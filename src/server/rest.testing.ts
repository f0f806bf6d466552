import type { Problem } from '@/api/rest/problem';
import type { Database } from '@/db/client';
import { ensured } from '@/domain/errors';
import type { Viewer } from '@/domain/roles';
import type { Scope } from '@/domain/scopes';
import { makeApiKey } from '@/services/make-api-key';
import { contextOf, key } from '@/services/testing';

export type Sent = {
  token?: string | null;
  headers?: Record<string, string>;
  /** Sent as JSON; text as it is. */
  body?: unknown;
};

export type Got = { status: number; headers: Headers; body: unknown };

/** A client as anybody would write it. */
export function restClient(url: string) {
  return async (method: string, path: string, sent: Sent = {}): Promise<Got> => {
    const { token, body } = sent;
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...sent.headers,
      },
      body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? null : JSON.parse(text),
    };
  };
}

/** The problem in an answer that has to be one. */
export function problemIn({ headers, body }: Got): Problem {
  if (headers.get('content-type') !== 'application/problem+json') {
    throw new Error(`expected a problem, got ${JSON.stringify(body)}`);
  }
  return body as Problem;
}

/** A key of an admin's, or one that acts for somebody else. */
export async function keyOf(db: Database, admin: Viewer, scopes: Scope[], email?: string) {
  const made = await makeApiKey(contextOf(db, admin), { ...key(), name: 'Test', scopes, email });
  return { keyId: made.keyId, secret: ensured(made.secret, 'the secret of a fresh key') };
}
