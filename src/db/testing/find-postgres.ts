import { existsSync, readdirSync } from 'node:fs';

const ROOT = '/usr/lib/postgresql';

/** The newest installed PostgreSQL (15 or later) that has PostGIS, or null. Debian's layout. */
export function findPostgres(): { version: number; bin: string } | null {
  if (!existsSync(ROOT)) return null;
  const [version] = readdirSync(ROOT)
    .map(Number)
    .filter((number) => number >= 15 && existsSync(`${ROOT}/${number}/bin/initdb`))
    .filter((number) => existsSync(`/usr/share/postgresql/${number}/extension/postgis.control`))
    .sort((a, b) => b - a);
  return version === undefined ? null : { version, bin: `${ROOT}/${version}/bin` };
}

type Asked = Readonly<Record<string, unknown>>;

/** Which database tests run on: a given server, an installed PostgreSQL, or the embedded one. */
export function testsRunOn(asked: Asked): 'given' | 'installed' | 'embedded' {
  if (asked.TEST_DATABASE === 'embedded') return 'embedded';
  if (asked.TEST_DATABASE_URL) return 'given';
  return findPostgres() ? 'installed' : 'embedded';
}

/**
 * So many files of database tests run at once, each on a server to itself: a transaction that is open in
 * any database of a server holds the log's readers back in all of them.
 */
export const serversFor = (asked: Asked): number => (testsRunOn(asked) === 'installed' ? 3 : 1);
