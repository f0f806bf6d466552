import { readFileSync } from 'node:fs';
import type { Database } from '@/db/client';
import { countDead } from '@/db/queries/dead-letters';
import { watermarkAgeSeconds } from '@/db/queries/events';
import {
  appliedMigrations,
  databaseClock,
  postgisVersion,
  serverVersion,
  spatialColumns,
} from '@/db/queries/server-facts';
import { type Finding, ok, warning, wrong } from './finding';

const OLDEST_SERVER = 150_000;
const OLDEST_POSTGIS = { major: 3, minor: 3 };
/** Leases are counted on the clock of the database, times of people on ours. */
const MOST_CLOCK_S = 2;
const MOST_WATERMARK_S = 60;

async function examineServer(db: Database): Promise<Finding> {
  const row = await serverVersion(db);
  const version = `PostgreSQL ${row?.version}`;
  return (row?.number ?? 0) >= OLDEST_SERVER
    ? ok('database', version)
    : wrong('database', `${version} is too old`, 'Use PostgreSQL 15 or later.');
}

async function examinePostgis(db: Database): Promise<Finding> {
  const version = await postgisVersion(db);
  if (!version) {
    return wrong(
      'postgis',
      'the extension is not installed here',
      'CREATE EXTENSION postgis; as a superuser',
    );
  }
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const { major: least, minor: leastMinor } = OLDEST_POSTGIS;
  return major > least || (major === least && minor >= leastMinor)
    ? ok('postgis', version)
    : wrong('postgis', `${version} is too old`, 'Use PostGIS 3.3 or later.');
}

type Journal = { entries: { when: number; tag: string }[] };

async function examineMigrations(db: Database, folder: string): Promise<Finding> {
  const { entries } = JSON.parse(readFileSync(`${folder}/meta/_journal.json`, 'utf8')) as Journal;
  const applied = await appliedMigrations(db);
  const missing = entries.filter(({ when }) => !applied.has(when)).map(({ tag }) => tag);
  if (missing.length > 0) {
    return wrong('migrations', `not applied: ${missing.join(', ')}`, 'npm run db:migrate');
  }
  const known = new Set(entries.map(({ when }) => when));
  const newer = [...applied].filter((when) => !known.has(when)).length;
  return newer > 0
    ? warning(
        'migrations',
        `${newer} in the database are unknown here: it is newer than this code`,
        'git pull',
      )
    : ok('migrations', `all ${entries.length} are applied`);
}

async function examineSrids(db: Database): Promise<Finding> {
  const rows = await spatialColumns(db);
  const others = rows
    .filter(({ srid }) => srid !== 4_326)
    .map(({ name, srid }) => `${name} (${srid})`);
  return others.length > 0
    ? wrong(
        'srids',
        `not in WGS 84 (4326): ${others.join(', ')}`,
        'Compare these columns with drizzle/.',
      )
    : ok('srids', `${rows.length} columns in 4326`);
}

async function examineClock(db: Database): Promise<Finding> {
  const startedAt = Date.now();
  const at = await databaseClock(db);
  const middle = (startedAt + Date.now()) / 2_000;
  const apart = Math.abs(at - middle);
  const detail = `${apart.toFixed(2)} s from that of the database`;
  return apart <= MOST_CLOCK_S
    ? ok('clock', detail)
    : wrong('clock', detail, 'Set both clocks by NTP.');
}

async function examineLog(db: Database): Promise<Finding> {
  const age = await watermarkAgeSeconds(db);
  const detail = `the oldest open write is ${age.toFixed(0)} s old`;
  if (age <= MOST_WATERMARK_S) return ok('log', detail);
  return warning(
    'log',
    `${detail}, and holds every feed back`,
    'Find it in pg_stat_activity by its xact_start, and end it.',
  );
}

async function examineDead(db: Database): Promise<Finding> {
  const dead = await countDead(db);
  return dead === 0
    ? ok('dead letters', 'none')
    : warning('dead letters', `${dead} could not be delivered`, 'Look at /admin/events/dead.');
}

/** The database, from its version to what lies in it. One that is not migrated is looked at no further. */
export async function examineDatabase(db: Database, folder = 'drizzle'): Promise<Finding[]> {
  const findings = [
    await examineServer(db),
    await examinePostgis(db),
    await examineClock(db),
    await examineMigrations(db, folder),
  ];
  if (findings.some(({ state }) => state === 'wrong')) return findings;
  return [...findings, await examineSrids(db), await examineLog(db), await examineDead(db)];
}
