import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { databaseRefusal } from '@/api/errors';
import { Refusal, type RefusalCode } from '@/domain/errors';

/** What is wrong, as RFC 9457 has it; `reason` is ours, stable, for programs. */
export const ProblemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  instance: z.string(),
  requestId: z.string(),
  reason: z.string(),
  hint: z.string().nullable(),
  /** What a program can act on. */
  data: z.record(z.string(), z.unknown()).nullable(),
  /** Which parts of the request are wrong. */
  fields: z.array(z.object({ field: z.string(), message: z.string() })).nullable(),
});
export type Problem = z.infer<typeof ProblemSchema>;

export type ProblemStatus =
  | 400
  | 401
  | 403
  | 404
  | 405
  | 409
  | 410
  | 412
  | 413
  | 415
  | 422
  | 429
  | 503;

/** By RFC 9110. */
export const TITLES: Readonly<Record<ProblemStatus | 500, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

type Detail = {
  reason: string;
  detail: string;
  hint?: string | undefined;
  data?: Record<string, unknown> | undefined;
  fields?: Problem['fields'];
  headers?: Record<string, string>;
};

/** A request that the door itself refuses, before or beside the use case. */
export class RestProblem extends Error {
  override readonly name = 'RestProblem';

  constructor(
    readonly status: ProblemStatus,
    readonly info: Detail,
  ) {
    super(info.detail);
  }
}

const STATUS: Readonly<Record<RefusalCode, ProblemStatus>> = {
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  invalid: 422,
  conflict: 409,
  too_many: 429,
  unavailable: 503,
};

/** Conflicts with a version that the request named. */
const STALE: ReadonlySet<string> = new Set(['version_passed', 'edited_meanwhile']);

function ofRefusal({ code, reason, message, hint, data }: Refusal): RestProblem {
  const status = STALE.has(reason) ? 412 : STATUS[code];
  return new RestProblem(status, { reason, detail: message, hint, data });
}

export function invalidInput(error: z.ZodError, where: string): RestProblem {
  const fields = error.issues.flatMap((issue) => {
    const at = issue.path.join('.');
    return issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          field: [at, key].filter(Boolean).join('.'),
          message: 'There is no such field.',
        }))
      : [{ field: at, message: issue.message }];
  });
  return new RestProblem(400, {
    reason: 'input_invalid',
    detail: `Some of the ${where} is not right.`,
    hint: 'Look at the fields that are named.',
    fields,
  });
}

/** The problem behind an error, or null when nobody foresaw it. `changes`: whether the request was to change something. */
export function problemOf(error: unknown, changes = false): RestProblem | null {
  if (error instanceof RestProblem) return error;
  const found = error instanceof TRPCError ? error.cause : error;
  const cause = databaseRefusal(found, changes) ?? found;
  if (cause instanceof Refusal) return ofRefusal(cause);
  return cause instanceof z.ZodError ? invalidInput(cause, 'request') : null;
}

type About = { path: string; requestId: string };

const CHALLENGE = 'Bearer realm="hotfoot"';

export function problemResponse(problem: RestProblem | null, about: About): Response {
  const status = problem?.status ?? 500;
  const info: Detail = problem?.info ?? {
    reason: 'unknown',
    detail: 'Something went wrong on our side.',
    hint: 'Try again; if it stays so, tell us the request id.',
  };
  const body: Problem = {
    type: `urn:hotfoot:problem:${info.reason}`,
    title: TITLES[status],
    status,
    detail: info.detail,
    instance: about.path,
    requestId: about.requestId,
    reason: info.reason,
    hint: info.hint ?? null,
    data: info.data ?? null,
    fields: info.fields ?? null,
  };
  const wait = info.data?.retryAfterSeconds;
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'content-type': 'application/problem+json',
      ...(status === 401 ? { 'www-authenticate': CHALLENGE } : {}),
      ...(status === 503 ? { 'retry-after': '2' } : {}),
      ...(typeof wait === 'number' ? { 'retry-after': String(wait) } : {}),
      ...info.headers,
    },
  });
}
