import { getEnv } from '@/config/env';
import { loadEnvFile } from '@/config/secrets';
import { connect } from '@/db/client';
import { readEmbeddedUrl, startEmbedded } from '@/db/embedded/start';

/** The embedded database of this folder, if a server has it open now; its file outlives a crash. */
async function runningEmbedded(dataDir: string): Promise<string | null> {
  const url = await readEmbeddedUrl(dataDir);
  if (!url) return null;
  const { sql, close } = connect(url, { max: 1 });
  try {
    await sql`SELECT 1`;
    return url;
  } catch {
    return null;
  } finally {
    await close();
  }
}

/** For commands: DATABASE_URL, or the embedded database, started for so long when nobody has it open. */
export async function withDatabase<T>(run: (url: string) => Promise<T>): Promise<T> {
  loadEnvFile();
  const { DATABASE_URL, DATA_DIR } = getEnv();
  const running = DATABASE_URL ?? (await runningEmbedded(DATA_DIR));
  const started = running ? null : await startEmbedded({ dataDir: DATA_DIR });
  const url = running ?? started?.url;
  if (!url) throw new Error('no database');
  try {
    return await run(url);
  } finally {
    await started?.stop();
  }
}
