import { defineConfig } from 'drizzle-kit';

/** For `drizzle-kit studio` and empty migrations (`generate --custom`); their SQL is written by hand. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './src/db/schema',
  out: './drizzle',
  dbCredentials: { url: process.env.DATABASE_URL ?? 'postgres://localhost/hotfoot' },
});
