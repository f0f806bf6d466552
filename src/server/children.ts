import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { inheritedEnvironment } from '@/config/process-env';
import { ensured } from '@/domain/errors';

export type Supervised = { stop(): Promise<void> };

/** `debug`: all that the child says; `warn`: that it has ended by itself, and its last words. */
export type ChildLog = { debug(line: string): void; warn(line: string): void };

type ChildOptions = {
  name: string;
  command: string[];
  /** Added to this process's environment. */
  env: Record<string, string>;
  log: ChildLog;
};

/** Lines of its errors that are repeated when it has crashed. */
const LAST_WORDS = 12;
const LAST_WORDS_MS = 500;

const FIRST_RESTART_MS = 500;
const LONGEST_RESTART_MS = 10_000;
const KILL_AFTER_MS = 5_000;

/** Keeps a child process running until it is stopped; a crash is followed by a restart. */
export function supervise({ name, command, env, log }: ChildOptions): Supervised {
  const [program, ...args] = command;
  let child: ChildProcess | null = null;
  let stopped = false;
  let crashes = 0;
  let errors: string[] = [];
  const abort = new AbortController();

  const runOnce = () =>
    new Promise<number | null>((resolve) => {
      child = spawn(ensured(program, 'a program'), args, {
        env: { ...inheritedEnvironment(), ...env },
        // The channel ends with this process, however that ends: see `end-with-parent`.
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      });
      const pass = (chunk: Buffer): string[] => {
        const lines = chunk
          .toString()
          .split('\n')
          .filter((line) => line.trim());
        for (const line of lines) log.debug(`${name}: ${line}`);
        return lines;
      };
      errors = [];
      child.stdout?.on('data', pass);
      child.stderr?.on('data', (chunk: Buffer) => {
        errors = [...errors, ...pass(chunk)].slice(-LAST_WORDS);
      });
      const started = child;
      started.once('exit', (code) => {
        // What it said last may be on its way yet; whom it left behind may hold its outputs open.
        const late = setTimeout(() => resolve(code), LAST_WORDS_MS);
        started.once('close', () => {
          clearTimeout(late);
          resolve(code);
        });
      });
      started.once('error', (error) => {
        errors.push(error.message);
        resolve(null);
      });
    });

  const running = (async () => {
    while (!stopped) {
      const startedAt = Date.now();
      const code = await runOnce();
      if (stopped) return;
      crashes = Date.now() - startedAt > 60_000 ? 0 : crashes + 1;
      const delay = Math.min(LONGEST_RESTART_MS, FIRST_RESTART_MS * 2 ** crashes);
      const how = `${name}: ended with ${code ?? 'a signal'}, again in ${delay} ms`;
      log.warn([how, ...errors].join('\n'));
      await wait(delay, undefined, { signal: abort.signal }).catch(() => undefined);
    }
  })();

  return {
    async stop() {
      stopped = true;
      abort.abort();
      child?.kill('SIGTERM');
      const hard = setTimeout(() => child?.kill('SIGKILL'), KILL_AFTER_MS);
      await running;
      clearTimeout(hard);
    },
  };
}
