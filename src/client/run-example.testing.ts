import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const running: ChildProcess[] = [];

export function killExamples(): void {
  for (const child of running.splice(0)) child.kill('SIGKILL');
}

/** An example as somebody would run it, in a process of its own; `until` waits for what it prints. */
export function runExample(name: string, args: readonly string[]) {
  const command = ['--import', 'tsx', `examples/${name}.ts`, ...args];
  return runCommand(process.execPath, command);
}

export function runCommand(file: string, args: readonly string[]) {
  const child = spawn(file, args, { cwd: ROOT, stdio: 'pipe' });
  running.push(child);
  let printed = '';
  let complained = '';
  let told: () => void = () => undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
    told();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complained += text;
    told();
  });
  const closed = once(child, 'close').then(() => {
    told();
    return child.exitCode ?? child.signalCode;
  });
  return {
    child,
    printed: () => printed,
    complained: () => complained,
    /** Its exit code, or the signal that ended it. */
    closed,
    /** What it has printed once it has ended well; otherwise what it complained of is thrown. */
    async result(): Promise<string> {
      const code = await closed;
      if (code !== 0) throw new Error(`it ended with ${code}: ${printed}${complained}`);
      return printed;
    },
    async until(done: () => boolean, what: string): Promise<void> {
      while (!done()) {
        if (child.exitCode !== null || child.signalCode !== null) {
          throw new Error(`it ended before ${what}: ${printed}${complained}`);
        }
        await new Promise<void>((resolve) => {
          told = resolve;
        });
      }
    },
  };
}
