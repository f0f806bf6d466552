const BLOCK = 512;
const DIRECTORY = '5';

/** `raw` is the entry as it stands in the archive, header and padding included. */
export type TarEntry = { name: string; directory: boolean; data: Buffer; raw: Buffer };

/** Walks over a ustar archive: https://www.gnu.org/software/tar/manual/html_node/Standard.html */
export function* tarEntries(archive: Buffer): Generator<TarEntry> {
  let at = 0;
  while (at + BLOCK <= archive.length && archive.readUInt8(at) !== 0) {
    const text = (start: number, length: number): string => {
      const field = archive.toString('utf8', at + start, at + start + length);
      return field.split('\0', 1)[0] ?? '';
    };
    const size = Number.parseInt(text(124, 12).trim() || '0', 8);
    const prefix = text(257, 5) === 'ustar' ? text(345, 155) : '';
    const name = prefix ? `${prefix}/${text(0, 100)}` : text(0, 100);
    const body = at + BLOCK;
    const end = body + Math.ceil(size / BLOCK) * BLOCK;
    yield {
      name,
      directory: text(156, 1) === DIRECTORY || name.endsWith('/'),
      data: archive.subarray(body, body + size),
      raw: archive.subarray(at, end),
    };
    at = end;
  }
}

/** An archive of entries that are already in archive form. */
export const joinTar = (entries: readonly Buffer[]): Buffer =>
  Buffer.concat([...entries, Buffer.alloc(2 * BLOCK)]);

/** One entry for joinTar; `data` is null for a directory. The name has at most 100 bytes. */
export function tarEntry(name: string, data: Buffer | null): Buffer {
  const header = Buffer.alloc(BLOCK);
  const size = data?.length ?? 0;
  if (Buffer.byteLength(name) > 100) throw new Error(`${name} is too long for an archive`);
  header.write(name, 0);
  header.write(data ? '0000600\0' : '0000700\0', 100);
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  header.write('        ', 148);
  header.write(data ? '0' : DIRECTORY, 156);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const padding = Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
  return Buffer.concat(data ? [header, data, padding] : [header]);
}
