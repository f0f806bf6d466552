import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { z } from 'zod';
import { getEnv } from '@/config/env';
import { testsRunOn } from '@/db/testing/find-postgres';

/** So many tests run at once, each on a server and database of its own: on two cores, four fifths of the time of one. */
export const CITIES = testsRunOn(getEnv()) === 'embedded' || cpus().length < 2 ? 1 : 2;

const FOLDER = 'e2e/.run';
export const folderOf = (city: number): string => `${FOLDER}/${city}`;
const fileOf = (city: number): string => `${folderOf(city)}/run.json`;

const RunSchema = z.object({
  url: z.string(),
  databaseUrl: z.string(),
  secret: z.string(),
  /** Where its mail and pictures lie. */
  dataDir: z.string(),
  /** In hosted mode: the channels’ server, and who may call the cron route. */
  pusherOrigin: z.string().optional(),
  cronSecret: z.string().optional(),
});
/** The server and database of one city, as global setup started them. */
export type Run = z.infer<typeof RunSchema>;

export function writeRun(city: number, run: Run): void {
  mkdirSync(folderOf(city), { recursive: true });
  writeFileSync(fileOf(city), JSON.stringify(run), { mode: 0o600 });
}

/** The city of this worker. */
export const readRun = (): Run =>
  RunSchema.parse(
    JSON.parse(readFileSync(fileOf(Number(process.env.TEST_PARALLEL_INDEX ?? 0)), 'utf8')),
  );
