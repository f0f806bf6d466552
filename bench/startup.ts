import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/**
 * How long `npm start` takes from a fresh clone (dependencies in npm's cache), and the second time.
 * Run: npm run bench:startup
 */

const PORT = '3987';

function startUntilReady(folder: string): Promise<number> {
  const startedAt = performance.now();
  const child = spawn('npm', ['start'], {
    cwd: folder,
    env: { ...process.env, PORT, DEMO: 'off', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  return new Promise((resolve, reject) => {
    let seconds = 0;
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.includes('Hotfoot is ready')) return;
      seconds = (performance.now() - startedAt) / 1_000;
      if (child.pid) process.kill(-child.pid, 'SIGTERM');
    });
    child.once('close', () => (seconds > 0 ? resolve(seconds) : reject(new Error('not ready'))));
  });
}

const folder = mkdtempSync(join(tmpdir(), 'hotfoot-clone-'));
try {
  const clone = join(folder, 'hotfoot');
  execFileSync('git', ['clone', '-q', '.', clone]);
  const first = await startUntilReady(clone);
  const second = await startUntilReady(clone);
  console.table([
    { measured: 'fresh clone to ready, dependencies cached', seconds: first.toFixed(1) },
    { measured: 'second start', seconds: second.toFixed(1) },
  ]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
