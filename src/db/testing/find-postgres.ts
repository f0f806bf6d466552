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

/** Whether tests run on the embedded database, which does one thing at a time. */
export const testsAreEmbedded = ({ TEST_DATABASE, TEST_DATABASE_URL }: Asked): boolean =>
  TEST_DATABASE === 'embedded' || (!TEST_DATABASE_URL && !findPostgres());
