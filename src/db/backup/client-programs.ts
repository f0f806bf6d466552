import { type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

type Program = 'pg_dump' | 'pg_restore' | 'psql';

const DEBIAN = '/usr/lib/postgresql';

/** As it says of itself, or null when there is none at that path. */
function majorOf(path: string): number | null {
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' });
  const major = /(\d+)(?:\.|\s|$)/.exec(stdout ?? '')?.[1];
  return status === 0 && major ? Number(major) : null;
}

/**
 * The newest of this program on the PATH and where Debian puts them: an older one refuses a newer server.
 * Throws one sentence that says what to install.
 */
export function findProgram(name: Program, serverMajor: number): string {
  const debian = existsSync(DEBIAN)
    ? readdirSync(DEBIAN).map((version) => join(DEBIAN, version, 'bin', name))
    : [];
  const [newest] = [name, ...debian.filter(existsSync)]
    .flatMap((path) => ({ path, major: majorOf(path) ?? 0 }))
    .sort((a, b) => b.major - a.major);
  if (newest && newest.major >= serverMajor) return newest.path;
  const found = newest?.major
    ? `${name} here is of version ${newest.major}`
    : `${name} is not here`;
  throw new Error(
    `${found}, and the server is PostgreSQL ${serverMajor}: install its client programs (Debian: postgresql-client-${serverMajor}), or run this where they are.`,
  );
}

/** Runs it to its end; throws what it said when it fails. */
export async function runProgram(
  path: string,
  args: readonly string[],
  stdio: SpawnOptions['stdio'] = ['ignore', 'ignore', 'pipe'],
): Promise<void> {
  const child = spawn(path, args, { stdio });
  let said = '';
  child.stderr?.on('data', (piece: Buffer) => {
    said += piece.toString();
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  if (code !== 0) throw new Error(said.trim() || `${path} ended with ${code ?? 'a signal'}`);
}
