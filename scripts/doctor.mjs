// `npm run doctor`: says what is wrong and what mends it, before anything is installed too.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const [major, minor] = process.versions.node.split('.').map(Number);
const wrong =
  major < 20 || (major === 20 && minor < 19)
    ? {
        name: 'node',
        detail: `${process.versions.node} is too old`,
        mend: 'Install Node.js 20.19 or newer.',
      }
    : !existsSync('node_modules/tsx') && {
        name: 'packages',
        detail: 'not installed',
        mend: 'npm install',
      };

if (wrong) {
  const finding = { ...wrong, state: 'wrong' };
  const json = JSON.stringify({ ok: false, findings: [finding] }, null, 2);
  console.log(
    process.argv.includes('--json')
      ? json
      : `\n  ✗ ${wrong.name}: ${wrong.detail}\n    → ${wrong.mend}\n`,
  );
  process.exit(1);
}
const { status } = spawnSync(
  process.execPath,
  ['--import', 'tsx', 'src/server/doctor.ts', ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
process.exit(status ?? 1);
