import { supervise } from './children';

/** Stays until it is killed, its child with it. */
supervise({
  name: 'child',
  command: [
    process.execPath,
    '--import',
    './src/server/end-with-parent.mjs',
    '--eval',
    'console.log(process.pid); setInterval(() => undefined, 1_000)',
  ],
  env: {},
  log: { debug: console.log, warn: console.error },
});
