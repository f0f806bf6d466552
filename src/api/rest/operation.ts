import type { z } from 'zod';
import type { ApiDeps } from '@/api/context';
import type { createCaller } from '@/api/router';
import type { Session } from '@/auth/session';
import type { Scope } from '@/domain/scopes';
import type { Device } from '@/domain/session-device';
import type { ServiceContext } from '@/services/context';
import { deepStrict } from './strict';

/**
 * Who may call: anyone; a person who has signed in, not a key; both; or a person, and a key with this
 * scope. What their role may do is asked by the procedure behind.
 */
export type Access = 'anyone' | 'person' | 'signed_in' | Scope;

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
export type SuccessStatus = 200 | 201 | 202 | 204;
export type Tag = 'auth' | 'keys' | 'restaurants' | 'menus' | 'orders' | 'drivers' | 'events';

/** A request as the tests send it and the document shows it; ids in it are those of `examples.ts`. */
export type Example = {
  as: 'guest' | 'customer' | 'driver' | 'admin';
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
};

/** The procedures, called in the name of who asks. */
export type Api = ReturnType<typeof createCaller>;

export type RestCall<Params, Query, Body> = {
  api: Api;
  service: ServiceContext;
  deps: ApiDeps;
  device: Device;
  session: Session | null;
  params: Params;
  query: Query;
  body: Body;
  /** From the header, or fresh. */
  idempotencyKey: string;
  /** The version in `If-Match`; null: any. */
  seen: number | null;
  /**
   * Does what is made of the request and the present version, once for each idempotency key. Repeated, it
   * is not done again, though the version is another by then.
   */
  edit(work: (api: Api) => Promise<unknown>): Promise<void>;
};

export type Answer<Output> = {
  body: Output;
  /** The ETag. */
  version?: number | undefined;
  /** Of what was made, below `/api/v1`. */
  location?: string;
};

type Definition<Params, Query, Body, Output> = {
  /** Unique; the name of the operation in generated clients. */
  id: string;
  method: Method;
  path: `/${string}`;
  tag: Tag;
  summary: string;
  detail?: string;
  access: Access;
  params?: z.ZodObject & z.ZodType<Params>;
  query?: z.ZodObject & z.ZodType<Query>;
  body?: z.ZodType<Body>;
  /** Nothing may be sent in place of `{}`. */
  bodyOptional?: boolean;
  /** Must a key come with it? By default one may. */
  idempotency?: 'required';
  /** Answers with an ETag, or takes one as `If-Match`. */
  versioned?: 'reads' | 'changes';
  /** Refusals beside those that its shape brings. */
  refusals?: readonly 410[];
  status: SuccessStatus;
  /** Left out: no content. */
  output?: z.ZodType<Output>;
  example: Example;
  run(call: RestCall<Params, Query, Body>): Promise<Answer<NoInfer<Output>>>;
};

/** An operation as the door and the document see it. */
export type Operation = Omit<
  Definition<never, never, never, unknown>,
  'run' | 'params' | 'query' | 'body' | 'output'
> & {
  params: z.ZodObject | null;
  query: z.ZodObject | null;
  body: z.ZodType | null;
  output: z.ZodType | null;
  run(call: RestCall<unknown, unknown, unknown>): Promise<Answer<unknown>>;
};

/** The one place where an operation's types are forgotten: the door parses by the very schemas of `run`. */
export function operation<Params, Query, Body, Output = null>(
  definition: Definition<Params, Query, Body, Output>,
): Operation {
  const { params, query, body, output, run, ...rest } = definition;
  return {
    ...rest,
    params: params ? deepStrict(params) : null,
    query: query ? deepStrict(query) : null,
    body: body ? deepStrict(body) : null,
    output: output ?? null,
    run: (call) => run(call as RestCall<Params, Query, Body>),
  };
}
