import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { testsAreEmbedded } from './src/db/testing/find-postgres';

const alias = { '@': fileURLToPath(new URL('./src', import.meta.url)) };

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'bench/**/*.test.ts'],
          exclude: ['**/*.db.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: ['src/**/*.db.test.ts'],
          globalSetup: 'src/db/testing/global-setup.ts',
          // Each file has a database of its own on a real server; the embedded one has one for all.
          fileParallelism: !testsAreEmbedded(process.env),
          maxWorkers: 2,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
