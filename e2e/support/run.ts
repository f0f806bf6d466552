import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const FOLDER = 'e2e/.run';
const FILE = `${FOLDER}/run.json`;

const RunSchema = z.object({ url: z.string(), databaseUrl: z.string(), secret: z.string() });
/** The server and database of this run, as global setup started them. */
export type Run = z.infer<typeof RunSchema>;

export function writeRun(run: Run): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(FILE, JSON.stringify(run), { mode: 0o600 });
}

export const readRun = (): Run => RunSchema.parse(JSON.parse(readFileSync(FILE, 'utf8')));
