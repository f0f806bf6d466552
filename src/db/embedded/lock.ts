import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';

const ANSWER_MS = 2_000;
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

const Lock = z.object({
  pid: z.int().positive(),
  port: z.int().positive(),
  startedAt: z.iso.datetime(),
});
type Lock = z.infer<typeof Lock>;

/** Another process has the data directory; the message names it. */
export class DataDirHeld extends Error {
  constructor(dataDir: string, { pid, startedAt }: Lock) {
    super(`${dataDir} is in use by process ${pid} since ${startedAt}`);
  }
}

/** Throws DataDirHeld if a living process holds the lock. */
export async function assertFree(dataDir: string): Promise<void> {
  const text = await readLock(dataDir);
  const lock = text === null ? null : parse(text);
  if (lock && (await isHeld(lock))) throw new DataDirHeld(dataDir, lock);
}

/**
 * Takes the lock for this process, which must listen on `port` already, and returns the release.
 * A lock whose process is gone is taken over. Throws DataDirHeld.
 */
export async function takeLock(dataDir: string, port: number): Promise<() => Promise<void>> {
  const path = join(dataDir, 'lock');
  const own = JSON.stringify({
    pid: process.pid,
    port,
    startedAt: new Date().toISOString(),
  } satisfies Lock);
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, own, { mode: 0o600 });
  try {
    // A link is made whole or not at all, so nobody reads a lock half written.
    while (!(await linked(draft, path))) await clearStale(dataDir, path);
  } finally {
    await rm(draft, { force: true });
  }
  return async () => {
    if ((await readLock(dataDir)) === own) await rm(path, { force: true });
  };
}

async function clearStale(dataDir: string, path: string): Promise<void> {
  const before = await readLock(dataDir);
  await assertFree(dataDir);
  // Two takers may see the same stale lock: the one that moved a newer lock puts it back.
  const aside = `${path}.stale-${process.pid}`;
  await rename(path, aside).catch(ignore('ENOENT'));
  const moved = await readFile(aside, 'utf8').catch(ignore('ENOENT'));
  if (moved !== null && moved !== before) await linked(aside, path);
  await rm(aside, { force: true });
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    ignore('EEXIST')(error);
    return false;
  }
}

const readLock = (dataDir: string): Promise<string | null> =>
  readFile(join(dataDir, 'lock'), 'utf8').catch(ignore('ENOENT'));

function parse(text: string): Lock | null {
  try {
    return Lock.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The pid may be another program's by now, so the process must also answer on its port. */
async function isHeld({ pid, port }: Lock): Promise<boolean> {
  if (pid === process.pid || !isAlive(pid)) return false;
  return answers(port);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !hasCode(error, 'ESRCH');
  }
}

/** A database that is busy does not answer in time, and counts as there. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(SSL_REQUEST));
    const settle = (answer: boolean) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(ANSWER_MS, settle(true));
    socket.on('data', (data) => settle(data.toString('latin1') === 'N')());
    socket.on('close', settle(false));
    socket.on('error', settle(false));
  });
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

const ignore =
  (code: string) =>
  (error: unknown): null => {
    if (hasCode(error, code)) return null;
    throw error;
  };
