import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { DATABASE, FromProcess, ROLE, type ToProcess } from './messages';

const STOP_MS = 15_000;

export type EmbeddedOptions = {
  /** Made if missing. One running database per directory. */
  dataDir: string;
  /** TCP port on 127.0.0.1; 0, the default, takes any free one. */
  port?: number;
  /** Milliseconds that a client may idle inside a transaction before it is cut off; 60,000. */
  idleInTransactionMs?: number;
  /** Gets what the database process prints. */
  log?: (line: string) => void;
};

export type Embedded = {
  /** With the password: not for logs. */
  url: string;
  pid: number;
  /** Stops it cleanly; resolves when the process is gone. */
  stop(): Promise<void>;
  /** Resolves with the exit code, or null if a signal ended it. */
  exited: Promise<number | null>;
};

/**
 * Starts the embedded PostgreSQL with PostGIS in a process of its own, and resolves when it accepts
 * connections. The process ends with this one. Rejects with one line that says why it can't start.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { port = 0, idleInTransactionMs = 60_000, log = () => {} } = options;
  const dataDir = resolve(options.dataDir);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const password = await ensurePassword(dataDir);

  const args = [
    `--data-dir=${dataDir}`,
    `--port=${port}`,
    `--idle-in-transaction-ms=${idleInTransactionMs}`,
  ];
  // In a process group of its own, Ctrl-C in a terminal reaches only us, and we still need it.
  const child = fork(join(import.meta.dirname, 'process.ts'), args, {
    detached: true,
    execArgv: [...stackSize(), '--import', tsxLoader()],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const exited = once(child, 'exit').then(([code]) => (typeof code === 'number' ? code : null));
  for (const output of [child.stdout, child.stderr]) {
    if (output) createInterface({ input: output }).on('line', log);
  }
  child.send({ type: 'start', password } satisfies ToProcess);

  const first = await Promise.race([
    once(child, 'message').then(([message]) => FromProcess.parse(message)),
    exited.then((code) => `the embedded database stopped while starting (exit code ${code})`),
  ]);
  if (typeof first === 'string') throw new Error(first);
  if (first.type === 'failed') throw new Error(`the embedded database: ${first.message}`);

  const url = `postgres://${ROLE}:${password}@127.0.0.1:${first.port}/${DATABASE}`;
  await writeSecret(join(dataDir, 'url'), url);
  return {
    url,
    pid: child.pid ?? 0,
    exited,
    async stop() {
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await exited;
      clearTimeout(late);
    },
  };
}

/** The URL of the database that runs, or last ran, on `dataDir`; null if none ever did. */
export const readEmbeddedUrl = (dataDir: string): Promise<string | null> =>
  readIfThere(join(dataDir, 'url'));

async function ensurePassword(dataDir: string): Promise<string> {
  const path = join(dataDir, 'password');
  const kept = await readIfThere(path);
  if (kept) return kept;
  const password = randomBytes(24).toString('base64url');
  await writeSecret(path, password);
  return password;
}

async function writeSecret(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

const tsxLoader = (): string => pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

// On Windows the main thread's stack is too small for it.
const stackSize = (): string[] => (process.platform === 'win32' ? [] : ['--stack-size=3900']);
