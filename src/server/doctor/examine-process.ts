import { existsSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Env } from '@/config/env';
import { type Finding, ok, warning, wrong } from './finding';

const NODE = { major: 20, minor: 19 };
const HEALTH_MS = 2_000;
const SECRETS_FILE = '.env.local';

export function examineNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const enough = major > NODE.major || (major === NODE.major && minor >= NODE.minor);
  return enough
    ? ok('node', version)
    : wrong('node', `${version} is too old`, 'Install Node.js 20.19 or newer.');
}

/** Who may read the secrets, and whether there are any that are needed. */
export function examineKeys(
  env: Pick<Env, 'NODE_ENV' | 'AUTH_SECRET'>,
  file = SECRETS_FILE,
): Finding {
  if (!env.AUTH_SECRET) {
    return env.NODE_ENV === 'production'
      ? wrong('keys', 'AUTH_SECRET is not set', 'AUTH_SECRET=$(openssl rand -base64 33)')
      : ok('keys', 'made on the first start');
  }
  if (existsSync(file) && (statSync(file).mode & 0o077) !== 0) {
    return wrong('keys', `others on this machine can read ${file}`, `chmod 600 ${file}`);
  }
  return ok('keys', 'AUTH_SECRET is set');
}

const isFree = (port: number, host: string) =>
  new Promise<boolean>((resolve) => {
    const probe = createServer()
      .once('error', () => resolve(false))
      .listen(port, host, () => probe.close(() => resolve(true)));
  });

/** The port is free, or Hotfoot itself has it. */
export async function examinePort({
  PORT: port,
  HOST: host,
}: Pick<Env, 'PORT' | 'HOST'>): Promise<Finding> {
  if (port === 0 || (await isFree(port, host))) return ok('port', `${port} is free`);
  try {
    const signal = AbortSignal.timeout(HEALTH_MS);
    const response = await fetch(`http://127.0.0.1:${port}/health`, { signal });
    // As in `services/outside-geocoder`: `fetch` forgets its signal while a body is read.
    const body = response.body?.pipeThrough(new TransformStream(), { signal });
    const health = (await new Response(body).json()) as { status?: string; loops?: unknown };
    if (health.status === 'ok') return ok('port', `Hotfoot answers on ${port}`);
    if (health.loops) {
      return warning(
        'port',
        `Hotfoot on ${port} says that it is ${health.status}`,
        `curl -s localhost:${port}/health`,
      );
    }
  } catch {
    // Whoever has it is not Hotfoot.
  }
  return wrong(
    'port',
    `${port} is taken by another program`,
    'Stop that program, or set PORT to another one.',
  );
}
