import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { NODE } from '../../e2e/support/start-server';

/** A process of a bench, started as the server is, its peers too, until it says its first word: the port that it listens on, as a rule. */
export async function startChild(
  script: string,
  args: readonly string[] = [],
  node: readonly string[] = [],
): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, [...node, ...NODE, script, ...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${script} ended with ${code}`);
  });
  ended.catch(() => undefined);
  const [word] = await Promise.race([once(child, 'message'), ended]);
  return { child, port: word.port };
}

export async function ask<Answer>(child: ChildProcess, message: string | object): Promise<Answer> {
  const answer = once(child, 'message');
  child.send(message);
  return (await answer)[0];
}

export async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.disconnect();
  await exited;
}
