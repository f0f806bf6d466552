import { v5 as uuidv5, v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Operation } from './operation';
import { invalidInput, RestProblem } from './problem';

export const MAX_BODY_BYTES = 64 * 1_024;

const tooLarge = () =>
  new RestProblem(413, {
    reason: 'body_too_large',
    detail: 'This request is too long.',
    hint: 'Send 64 KB at the most.',
  });

/** The whole body; refuses more than 64 KB without reading on. */
async function readBytes(request: Request): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

const malformed = (detail: string) =>
  new RestProblem(400, {
    reason: 'json_malformed',
    detail,
    hint: 'Send one JSON document in UTF-8.',
  });

/** Neither half a character nor NUL, which the database can't keep. */
function checkText(key: string, value: unknown): unknown {
  const bad = (text: unknown) => typeof text === 'string' && /[\0\p{Surrogate}]/u.test(text);
  if (bad(key) || bad(value)) throw malformed('The body holds a character that can’t be used.');
  return value;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes), checkText);
  } catch (error) {
    if (error instanceof RestProblem) throw error;
    throw malformed('The body is not JSON.');
  }
}

export async function readBody(request: Request, operation: Operation): Promise<unknown> {
  const bytes = await readBytes(request);
  if (!operation.body) return undefined;
  if (bytes.byteLength === 0 && operation.bodyOptional) return operation.body.parse({});
  const type = request.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    throw new RestProblem(415, {
      reason: 'not_json',
      detail: 'The body has to be JSON.',
      hint: 'Send it with Content-Type: application/json.',
    });
  }
  const parsed = operation.body.safeParse(parseJson(bytes));
  if (!parsed.success) throw invalidInput(parsed.error, 'body');
  return parsed.data;
}

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?$/;

/** What is written as a number or a truth value, where the schema wants one. */
function typed(text: string, schema: z.core.$ZodType | undefined): unknown {
  const inner = schema && 'innerType' in schema._zod.def ? schema._zod.def.innerType : null;
  if (inner) return typed(text, inner as z.core.$ZodType);
  if (schema instanceof z.ZodNumber && NUMBER.test(text)) return Number(text);
  if (schema instanceof z.ZodBoolean && (text === 'true' || text === 'false')) {
    return text === 'true';
  }
  return text;
}

export function readQuery(search: URLSearchParams, { query }: Operation): unknown {
  const shape: Record<string, z.core.$ZodType> = query?.shape ?? {};
  const raw: Record<string, unknown> = {};
  for (const name of new Set(search.keys())) {
    const [first = '', ...more] = search.getAll(name);
    raw[name] = more.length > 0 ? [first, ...more] : typed(first, shape[name]);
  }
  const parsed = (query ?? z.strictObject({})).safeParse(raw);
  if (!parsed.success) throw invalidInput(parsed.error, 'query');
  return parsed.data;
}

/** An id that can't be one is as unknown as one that nobody has. */
export function readParams(raw: Record<string, string>, { params }: Operation): unknown {
  if (!params) return {};
  const parsed = params.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw new RestProblem(404, {
    reason: 'not_found',
    detail: 'There is nothing under this address.',
    hint: 'Check the ids in it.',
  });
}

/** Keys of ours are UUIDs; whatever a client sends stands for one. */
const KEY_NAMESPACE = '6f0a1b86-5a0e-4c0e-9a55-0d4c1f0f7c11';

export function readIdempotencyKey(headers: Headers, operation: Operation): string {
  if (operation.method === 'get') return uuidv7();
  const raw = headers.get('idempotency-key');
  const key = /^"?([\x21\x23-\x7e]{1,255})"?$/.exec(raw?.trim() ?? '')?.[1];
  if (key) return z.uuid().safeParse(key).success ? key.toLowerCase() : uuidv5(key, KEY_NAMESPACE);
  if (raw === null && operation.idempotency !== 'required') return uuidv7();
  throw new RestProblem(400, {
    reason: raw === null ? 'idempotency_key_missing' : 'idempotency_key_invalid',
    detail:
      raw === null
        ? 'This request needs an Idempotency-Key.'
        : 'An Idempotency-Key has 1 to 255 characters and no spaces.',
    hint: 'Send a new UUID with each new request, and the same one with its repetition.',
  });
}

/** The version in `If-Match`; null without one, or with `*`. A tag that was never ours matches nothing. */
export function readIfMatch(headers: Headers, operation: Operation): number | null {
  const raw = headers.get('if-match')?.trim();
  if (raw === undefined || raw === '*' || operation.versioned !== 'changes') return null;
  const version = /^"(\d{1,9})"$/.exec(raw)?.[1];
  if (version) return Number(version);
  throw new RestProblem(412, {
    reason: 'version_unknown',
    detail: 'This is not a version of it.',
    hint: 'Send the ETag of the latest answer as If-Match.',
  });
}
