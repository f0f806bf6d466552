import { z } from 'zod';
import { SCOPES } from '@/domain/scopes';
import type { Operation } from './operation';
import { OPERATIONS } from './operations';
import { ProblemSchema, type ProblemStatus, TITLES } from './problem';
import { NAMED } from './resources';

/** The OpenAPI 3.1 document of everything under `/api/v1`, made from the table of operations. */

type Json = Record<string, unknown>;
type Schemas = Record<string, unknown>;

const MOST_SAFE = Number.MAX_SAFE_INTEGER;

/** What the format says already, and the bounds of every integer, are left out. */
function plain(schema: z.core.JSONSchema.BaseSchema): void {
  if (['date-time', 'date', 'uuid', 'email'].includes(schema.format ?? '')) delete schema.pattern;
  if (schema.maximum === MOST_SAFE) delete schema.maximum;
  if (schema.minimum === -MOST_SAFE) delete schema.minimum;
}

const REF = /^#\/\$defs\//;

/** The same with references to the document's own list of schemas. */
const relinked = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(relinked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) =>
      key === '$ref' && typeof inner === 'string'
        ? [key, inner.replace(REF, '#/components/schemas/')]
        : [key, relinked(inner)],
    ),
  );
};

/** A schema as it stands in the document; what has a name goes to `schemas`, and is referred to. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', schemas: Schemas): Json {
  const made = z.toJSONSchema(z.object({ schema }), {
    ...{ io, metadata: NAMED, target: 'draft-2020-12' },
    override: ({ jsonSchema }) => plain(jsonSchema),
  });
  for (const [name, definition] of Object.entries(made.$defs ?? {})) {
    const { id: _, ...rest } = definition as Json;
    schemas[name] = relinked(rest);
  }
  return relinked(made.properties?.schema ?? {}) as Json;
}

/** The refusals that an operation of this shape can answer with, see `problem.ts`. */
export function refusalsOf(operation: Operation): ProblemStatus[] {
  const { method, access, body, versioned, params, refusals = [] } = operation;
  const changes = method !== 'get';
  const own: (ProblemStatus | false)[] = [
    400,
    401,
    access !== 'anyone' && 403,
    (params !== null || changes || operation.tag === 'drivers') && 404,
    changes && 409,
    versioned === 'changes' && 412,
    (body !== null || changes) && 413,
    body !== null && 415,
    422,
    429,
    503,
  ];
  return [...new Set([...own.filter((status) => status !== false), ...refusals])].sort();
}

const HEADERS = {
  'X-Request-Id': { schema: { type: 'string' }, description: 'Name it when you ask for help.' },
  'RateLimit-Limit': { schema: { type: 'integer' } },
  'RateLimit-Remaining': { schema: { type: 'integer' } },
  'RateLimit-Reset': {
    schema: { type: 'integer' },
    description: 'Seconds until it is full again.',
  },
};

function parametersOf(operation: Operation, schemas: Schemas): Json[] {
  const of = (where: 'path' | 'query', object: z.ZodObject | null) =>
    Object.entries(object?.shape ?? {}).map(([name, schema]) => ({
      ...{ name, in: where },
      required: where === 'path' || !z.safeParse(schema, undefined).success,
      schema: schemaOf(schema as z.ZodType, 'input', schemas),
      ...exampleOf(operation, where, name),
    }));
  const header = (name: string, required: boolean, description: string) => ({
    ...{ name, in: 'header', required, description, schema: { type: 'string' } },
  });
  const { idempotency, versioned, method } = operation;
  return [
    ...of('path', operation.params),
    ...of('query', operation.query),
    ...(method === 'get'
      ? []
      : [
          header(
            'Idempotency-Key',
            idempotency === 'required',
            'The same key with the same request gives the same answer, for a day.',
          ),
        ]),
    ...(versioned === 'changes'
      ? [
          header(
            'If-Match',
            false,
            'The ETag that you have seen; refused when somebody has changed it since.',
          ),
        ]
      : []),
    ...(versioned === 'reads'
      ? [header('If-None-Match', false, 'The ETag that you have; 304 when it is the latest.')]
      : []),
  ];
}

function exampleOf({ example }: Operation, where: 'path' | 'query', name: string): Json {
  const value = (where === 'path' ? example.params : example.query)?.[name];
  return value === undefined ? {} : { example: value };
}

function successOf(operation: Operation, schemas: Schemas): Json {
  const { output, status, versioned } = operation;
  const etag = versioned ? { ETag: { schema: { type: 'string' } } } : {};
  const description = TITLES_OF_SUCCESS[status];
  if (!output) return { description, headers: HEADERS };
  return {
    ...{ description, headers: { ...HEADERS, ...etag } },
    content: { 'application/json': { schema: schemaOf(output, 'output', schemas) } },
  };
}

const TITLES_OF_SUCCESS = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
} as const;

function securityOf({ access }: Operation): Json[] {
  if (access === 'anyone') return [{}, { token: [] }];
  if (access === 'person') return [{ token: [] }];
  return [{ token: [] }, { apiKey: access === 'signed_in' ? [] : [access] }];
}

function operationOf(operation: Operation, schemas: Schemas): Json {
  const { id, tag, summary, detail, body, bodyOptional, example, status, versioned } = operation;
  return {
    ...{ operationId: id, tags: [tag], summary },
    ...(detail ? { description: detail } : {}),
    security: securityOf(operation),
    parameters: parametersOf(operation, schemas),
    ...(body
      ? {
          requestBody: {
            required: !bodyOptional,
            content: {
              'application/json': {
                schema: schemaOf(body, 'input', schemas),
                ...(example.body === undefined ? {} : { example: example.body }),
              },
            },
          },
        }
      : {}),
    responses: {
      [status]: successOf(operation, schemas),
      ...(versioned === 'reads' ? { 304: { description: 'Not Modified' } } : {}),
      ...Object.fromEntries(
        refusalsOf(operation).map((refusal) => [
          refusal,
          { $ref: `#/components/responses/${refusal}` },
        ]),
      ),
    },
  };
}

function problemResponses(schemas: Schemas): Json {
  const schema = schemaOf(ProblemSchema, 'output', schemas);
  return Object.fromEntries(
    Object.entries(TITLES).map(([status, description]) => [
      status,
      { description, content: { 'application/problem+json': { schema } } },
    ]),
  );
}

const DESCRIPTION = `Everything that the pages do, for programs. Money is in minor units, distances are in metres, times are ISO 8601.

**Who asks.** A person signs in at \`POST /auth/login\`; a machine has a key that an admin makes under Settings, with scopes: ${SCOPES.map((scope) => `\`${scope}\``).join(', ')}. Both are sent as \`Authorization: Bearer …\`.

**What goes wrong** is a problem (RFC 9457) with a stable \`reason\` and the request's id.`;

export function openApiDocument(): Json {
  const schemas: Schemas = {};
  const paths: Record<string, Json> = {};
  for (const operation of OPERATIONS) {
    const at = paths[operation.path] ?? {};
    at[operation.method] = operationOf(operation, schemas);
    paths[operation.path] = at;
  }
  const responses = problemResponses(schemas);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Hotfoot',
      version: '1',
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/api/v1' }],
    tags: [...new Set(OPERATIONS.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => a.localeCompare(b))),
      responses,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        apiKey: { type: 'http', scheme: 'bearer', description: 'A key that begins with `hfk_`.' },
      },
    },
  };
}
