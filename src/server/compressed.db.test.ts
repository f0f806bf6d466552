import { get } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown } from '@/db/testing/town';
import { startServer } from './testing';

const database = testDatabase();

/** As it came over the wire. */
const ask = (url: string, accepted: string) =>
  new Promise<{ encoding: string | undefined; vary: string; body: Buffer }>((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': accepted } }, async (answer) => {
      const { 'content-encoding': encoding, vary = '' } = answer.headers;
      resolve({ encoding, vary, body: Buffer.concat(await answer.toArray()) });
    }).on('error', reject);
  });

describe('what is read', () => {
  it('comes in the form that the client takes, and says the same', async () => {
    await using server = await startServer(database);
    await makeTown(database.connection.db);
    const url = `${server.url}/api/openapi.json`;
    const plain = await ask(url, 'identity');
    expect(plain.encoding).toBeUndefined();
    const gzip = await ask(url, 'gzip, deflate');
    expect(gzip).toMatchObject({ encoding: 'gzip' });
    expect(gunzipSync(gzip.body).equals(plain.body)).toBe(true);
    const brotli = await ask(url, 'gzip, deflate, br');
    expect(brotli).toMatchObject({ encoding: 'br' });
    expect(brotliDecompressSync(brotli.body).equals(plain.body)).toBe(true);
    expect(brotli.body.length).toBeLessThan(plain.body.length / 4);
    for (const { vary } of [plain, gzip, brotli]) expect(vary).toContain('Accept-Encoding');
  });
});
