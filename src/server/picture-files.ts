import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { PictureStore } from '@/services/picture-store';

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** Pictures as files in one folder, readable by the server alone; each appears whole or not at all. */
export function pictureFiles(folder: string): PictureStore {
  const pathOf = (key: string) => join(folder, z.uuid().parse(key));
  return {
    async put(key, bytes) {
      const path = pathOf(key);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const part = `${path}.part`;
      await writeFile(part, bytes, { mode: 0o600, flush: true });
      await rename(part, path);
    },
    async get(key) {
      try {
        return await readFile(pathOf(key));
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    remove: (key) => rm(pathOf(key), { force: true }),
  };
}
