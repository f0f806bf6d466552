// `npm test`: types, lint, import rules, domain, database and browser tests, from a fresh clone on.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian’s Chromium without windows: tests on it take a quarter less of the processor. */
const HEADLESS = 'chromium-headless-shell';
const BROWSERS = [
  HEADLESS,
  ...['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
];
const only = process.argv[2];

function run(title, command, args, env = {}) {
  console.log(`\n── ${title}`);
  const startedAt = performance.now();
  const { status } = spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  console.log(`── ${title}: ${((performance.now() - startedAt) / 1_000).toFixed(0)} s`);
  if (status !== 0) {
    console.error(`\n${title} failed.`);
    process.exit(status ?? 1);
  }
}

const isExecutable = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const hasBrowser = () =>
  BROWSERS.some((name) =>
    (process.env.PATH ?? '').split(delimiter).some((folder) => isExecutable(join(folder, name))),
  );

/** The system's browser, else Debian's package as root, else Playwright's own. */
function ensureBrowser() {
  if (hasBrowser()) return;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    run('Installing Chromium', 'apt-get', ['update', '-qq']);
    run('Installing Chromium', 'apt-get', [
      'install',
      '-y',
      '-qq',
      '--no-install-recommends',
      HEADLESS,
    ]);
    if (hasBrowser()) return;
  }
  run('Installing Playwright’s Chromium', 'npx', ['playwright', 'install', 'chromium']);
}

run('Installing and building', process.execPath, ['scripts/start.mjs', '--build-only']);
if (only === 'db') {
  run('Database tests', 'npx', ['vitest', 'run', '--project', 'db', ...process.argv.slice(3)]);
  process.exit(0);
}
const hosted = ['-c', 'playwright.hosted.config.ts'];
if (only === 'hosted') {
  ensureBrowser();
  run('Hosted mode', 'npx', ['playwright', 'test', ...hosted, ...process.argv.slice(3)]);
  process.exit(0);
}
if (only !== 'journeys') {
  run('Verify', process.execPath, ['scripts/verify.mjs']);
  run('Database tests', 'npx', ['vitest', 'run', '--project', 'db']);
}
ensureBrowser();
run('Browser tests', 'npx', ['playwright', 'test', ...process.argv.slice(3)]);
if (only !== 'journeys') run('Hosted mode', 'npx', ['playwright', 'test', ...hosted]);
