import { z } from 'zod';

const Switch = z.enum(['on', 'off']);

/** What `DATABASE_DEADLINE_MS` is when unset, where the database is not the embedded one. */
export const DATABASE_DEADLINE_MS = 2_000;

/** Every variable that Hotfoot reads, with its default. `docs/configuration.md` is made from it. */
export const EnvSchema = z.object({
  NODE_ENV: z
    .enum(['development', 'production', 'test'])
    .default('development')
    .describe('`production` demands AUTH_SECRET and refuses demo accounts.'),
  PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(3_000)
    .describe('Port of pages, API and live updates.'),
  HOST: z.string().default('0.0.0.0').describe('Address to listen on.'),
  PUBLIC_URL: z
    .url()
    .optional()
    .describe(
      'The address that people use, e.g. https://food.example; sockets and changes from others are refused, and with https browsers are told to come by nothing else (HSTS).',
    ),
  TRUSTED_PROXIES: z
    .string()
    .transform((ranges) => ranges.split(',').map((range) => range.trim()))
    .optional()
    .describe(
      'Proxies in front, by addresses or ranges such as `10.0.0.0/8` separated by commas: `X-Forwarded-For` and `-Proto` are believed of them alone. This machine’s own addresses when unset.',
    ),
  DATABASE_URL: z
    .string()
    .startsWith('postgres')
    .optional()
    .describe('PostgreSQL 15+ with PostGIS 3.3+; the embedded database when unset.'),
  DATA_DIR: z
    .string()
    .default('.data')
    .describe('Where the embedded database, mail and pictures of handovers keep their files.'),
  DEMO: Switch.optional().describe(
    '`on`: demo city, its sign-ins and the simulation; `off`: no simulation. Default: on with the embedded database.',
  ),
  AUTH_SECRET: z
    .string()
    .min(32, 'must have at least 32 characters')
    .optional()
    .describe('Signs sessions. Generated into .env.local on first start, except in production.'),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//)
    .optional()
    .describe(
      '`smtp://user:password@host:587`: e-mail goes there; into files under DATA_DIR/mail when unset.',
    ),
  EMAIL_FROM: z
    .string()
    .default('Hotfoot <hello@hotfoot.test>')
    .describe('Who e-mail is from; push services get the address as a contact.'),
  PUSH_HOSTS: z
    .string()
    .transform((hosts) => hosts.split(',').map((host) => host.trim()))
    .optional()
    .describe(
      'Push services that browsers may name, separated by commas; the four large ones when unset.',
    ),
  SMS_GATEWAY_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'Where short messages to kitchens are posted as `{"to", "text"}`, `https://user:password@…`; none are sent when unset.',
    ),
  WEBHOOK_ALLOW_PRIVATE: Switch.default('off').describe(
    '`on`: webhooks may go to private and loopback addresses and by plain http, for own networks and tests.',
  ),
  AMQP_URL: z
    .string()
    .regex(/^amqps?:\/\//, 'must begin with amqp:// or amqps://')
    .optional()
    .describe(
      '`amqp://user:password@host:5672`: events go to the topic exchange `hotfoot.events` of a RabbitMQ; to none when unset.',
    ),
  REDIS_STREAM_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'must begin with redis:// or rediss://')
    .optional()
    .describe(
      '`redis://host:6379`: events go to the stream `hotfoot:events` of a Redis; to none when unset.',
    ),
  LOOPS: Switch.default('on').describe(
    '`off`: this node serves people alone, and leaves dispatch, notices, payments and all other rounds to workers (`npm run worker`) or to other nodes.',
  ),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'must begin with redis:// or rediss://')
    .optional()
    .describe(
      '`redis://host:6379`: by it nodes wake each other and hand on where drivers are; without it, or while it is away, they look into the database.',
    ),
  CARDS: z
    .enum(['sandbox', 'off'])
    .optional()
    .describe(
      '`sandbox`: the built-in test provider, which says so and moves no money; `off`: cash only. Default: off in production, else sandbox.',
    ),
  SANDBOX_CARDS_SECRET: z
    .string()
    .min(32, 'must have at least 32 characters')
    .optional()
    .describe(
      'Signs the webhooks of the test provider. Generated into .env.local on first start, except in production.',
    ),
  MAP_STYLE_URL: z.string().optional().describe('A MapLibre style in place of the built-in one.'),
  GEOCODER_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'Search address of a Photon (`…/api`) or Nominatim (`…/search`) server; our own table answers when it does not, or is unset.',
    ),
  GEOCODER_PER_SECOND: z.coerce
    .number()
    .positive()
    .max(1_000)
    .default(5)
    .describe('How often that server is asked at most; 1 for the public Nominatim.'),
  DATABASE_POOLED: Switch.optional().describe(
    '`on`: DATABASE_URL leads through a pooler that hands out transactions (Neon, Supabase, PgBouncer). Default: on in hosted mode, else off.',
  ),
  DATABASE_DEADLINE_MS: z.coerce
    .number()
    .int()
    .min(1_000)
    .max(60_000)
    .optional()
    .describe(
      'How long the database may leave a query or transaction of a request unanswered, milliseconds; then it is refused with 503. Default: 2000, and 15000 with the embedded database.',
    ),
  PUSHER_APP_ID: z
    .string()
    .optional()
    .describe('Pusher application; with key and secret it makes hosted mode: docs/hosted.md.'),
  PUSHER_KEY: z.string().optional().describe('Its key, which browsers get.'),
  PUSHER_SECRET: z
    .string()
    .optional()
    .describe('Its secret, which signs messages and who may listen.'),
  PUSHER_CLUSTER: z.string().optional().describe('Its cluster, e.g. `eu`.'),
  PUSHER_ORIGIN: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'Another server of Pusher’s protocol in place of a cluster, e.g. `https://channels.example:6001`.',
    ),
  CRON_SECRET: z
    .string()
    .min(16, 'must have at least 16 characters')
    .optional()
    .describe('Hosted mode: who may call `/api/cron/tick`, as `Authorization: Bearer …`.'),
  TEST_DATABASE_URL: z
    .string()
    .startsWith('postgres')
    .optional()
    .describe('Tests only: a PostgreSQL server on which tests may create databases.'),
  TEST_DATABASE: z
    .enum(['embedded', 'real'])
    .optional()
    .describe('Tests only: `embedded` even if a PostgreSQL is installed.'),
  METRICS_TOKEN: z
    .string()
    .regex(/^\S{16,}$/, 'must have at least 16 characters, none of them white space')
    .optional()
    .describe('Who shows it as a bearer token reads `/metrics`; this machine alone when unset.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      '`http://collector:4318`: calls, rounds and their statements go there as OpenTelemetry traces, by OTLP over HTTP; nowhere when unset. Headers, sampling and name: its other `OTEL_` variables.',
    ),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});
export type Env = z.infer<typeof EnvSchema>;

/** Empty strings count as unset. Throws one sentence per wrong variable. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = EnvSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`Wrong environment. ${lines.join(' ')}`);
}

let env: Env | undefined;

/** The environment of this process, read once. */
export function getEnv(): Env {
  env ??= parseEnv(process.env);
  return env;
}
