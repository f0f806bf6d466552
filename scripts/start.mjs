// `npm start`: installs what is missing, builds what has changed, then runs the server.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const dev = process.argv.includes('--dev');
const buildOnly = process.argv.includes('--build-only');
const BUILT_FROM = '.next/built-from';
const INSTALLED_FROM = 'node_modules/.installed-from';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`\n  Hotfoot needs Node.js 20.19 or newer; this is ${process.versions.node}.\n`);
  process.exit(1);
}

function run(title, command, args) {
  console.log(`  ${title} …`);
  const { status } = spawnSync(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  if (status !== 0) {
    console.error(`\n  ${title} failed: \`${[command, ...args].join(' ')}\` says why.\n`);
    process.exit(status ?? 1);
  }
}

const hashOf = (files) => {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(file));
  return hash.digest('hex');
};

const stamp = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : null);

function filesUnder(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesUnder(path) : [path];
  });
}

const lock = hashOf(['package-lock.json']);
if (stamp(INSTALLED_FROM) !== lock) {
  // Not `npm ci`: it insists on the optional packages of other platforms, which a lock may lack.
  run('Installing dependencies', 'npm', ['install', '--no-save', '--no-audit', '--no-fund']);
  writeFileSync(INSTALLED_FROM, lock);
}

if (!dev) {
  const sources = ['src', 'public']
    .flatMap(filesUnder)
    .filter((file) => !file.includes('.test.') && !file.startsWith('public/maplibre'))
    .concat('next.config.ts', 'package-lock.json', 'tsconfig.json');
  const built = hashOf(sources.sort());
  if (stamp(BUILT_FROM) !== built) {
    run('Building', 'npm', ['run', '--silent', 'build']);
    writeFileSync(BUILT_FROM, built);
  }
} else {
  run('Preparing', 'npm', ['run', '--silent', 'prebuild']);
}

if (buildOnly) process.exit(0);

// With room for what lives shortly, half as much time goes into collecting it: see docs/performance.md.
const server = spawn(
  process.execPath,
  ['--max-semi-space-size=64', '--import', 'tsx', 'src/server/main.ts', ...(dev ? ['--dev'] : [])],
  { stdio: 'inherit' },
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => server.kill(signal));
}
server.on('exit', (code) => process.exit(code ?? 1));
