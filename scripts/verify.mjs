// `npm run verify`: everything that can be known without running the platform, in seconds.
import { spawn } from 'node:child_process';

const CHECKS = [
  ['types', ['npx', 'tsc', '--noEmit']],
  ['format, lint, import rules', ['npx', 'biome', 'check', '--error-on-warnings', '.']],
  ['unused code', ['npx', 'knip']],
  ['domain', ['npx', 'vitest', 'run', '--project', 'unit']],
];

const check = ([title, [command, ...args]]) =>
  new Promise((resolve) => {
    const startedAt = performance.now();
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
      });
    }
    child.on('exit', (code) => {
      const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
      console.log(`  ${code === 0 ? '✓' : '✗'} ${title} (${seconds} s)`);
      if (code !== 0) console.log(output);
      resolve(code === 0);
    });
  });

const results = await Promise.all(CHECKS.map(check));
process.exit(results.every(Boolean) ? 0 : 1);
