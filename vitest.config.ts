import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { isLostTypesQuery } from './src/db/lost-types-query';
import { serversFor, testsRunOn } from './src/db/testing/find-postgres';

const alias = { '@': fileURLToPath(new URL('./src', import.meta.url)) };

export default defineConfig({
  resolve: { alias },
  test: {
    // As the server does: see there.
    onUnhandledError: (error) => !isLostTypesQuery(error),
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            ...['src/**/*.test.ts', 'scripts/**/*.test.ts'],
            ...['bench/**/*.test.ts', 'e2e/**/*.test.ts'],
          ],
          exclude: ['**/*.db.test.ts'],
          // Pure tests keep nothing between them: what they import is loaded once, not for each file.
          pool: 'threads',
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: ['src/**/*.db.test.ts'],
          globalSetup: 'src/db/testing/global-setup.ts',
          maxWorkers: serversFor(process.env),
          // Where each file has a database to itself, what they import is loaded once.
          isolate: testsRunOn(process.env) === 'embedded',
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
