import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { supervise } from './children';

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

it('a supervised child ends with its parent, though that was killed', async () => {
  const parent = spawn(process.execPath, ['--import', 'tsx', 'src/server/parent.testing.ts'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: parent.stdout }), 'line');
  const child = Number(/\d+/.exec(String(line))?.[0]);
  expect(isAlive(child)).toBe(true);
  parent.kill('SIGKILL');
  while (isAlive(child)) await wait(20);
});

it('says what a supervised child said last when it ends by itself, and starts it again', async () => {
  const told = new EventEmitter();
  const warning = () => once(told, 'warning');
  const child = supervise({
    name: 'child',
    command: [process.execPath, '--eval', 'throw new Error("there is no disk")'],
    env: {},
    log: { debug: () => undefined, warn: (line) => told.emit('warning', line) },
  });
  for (const [line] of [await warning(), await warning()]) {
    expect(line).toMatch(/^child: ended with 1, again in \d+ ms\n/);
    expect(line).toContain('Error: there is no disk');
  }
  await child.stop();
});
