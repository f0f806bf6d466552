// After a build: what browsers load is compressed once and well, instead of at each request.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const FOLDER = '.next/static';
const WORTH_IT = new Set(['.js', '.css', '.json', '.svg', '.txt']);
/** Smaller ones fit a packet anyway, bytes. */
const LEAST = 1_000;

const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } };

for (const entry of readdirSync(FOLDER, { recursive: true, withFileTypes: true })) {
  const file = join(entry.parentPath ?? entry.path, entry.name);
  if (!entry.isFile() || !WORTH_IT.has(extname(file))) continue;
  const content = readFileSync(file);
  if (content.length < LEAST) continue;
  writeFileSync(`${file}.br`, brotliCompressSync(content, BROTLI));
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
}
