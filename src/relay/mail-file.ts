import { randomUUID } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

/** Writes one mail as `<time>-<id>.eml`, whole or not at all. */
export async function writeMailFile(folder: string, message: Buffer | Readable): Promise<string> {
  const name = `${new Date().toISOString().replace(/[:.]/g, '-')}-${randomUUID().slice(0, 8)}.eml`;
  const path = join(folder, name);
  await writeFile(`${path}.new`, message, { mode: 0o600 });
  await rename(`${path}.new`, path);
  return path;
}
