import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { type Embedded, readEmbeddedUrl, startEmbedded } from './start';

let dataDir: string;
const running = new Set<Embedded>();

async function start(log?: (line: string) => void): Promise<Embedded> {
  const db = await startEmbedded({ dataDir, log });
  running.add(db);
  return db;
}

const connect = (url: string): postgres.Sql => postgres(url, { max: 4, onnotice: () => {} });

vi.setConfig({ testTimeout: 60_000 });

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'embedded-'));
});

afterEach(async () => {
  await Promise.all([...running].map((db) => db.stop()));
  running.clear();
});

afterAll(() => rm(dataDir, { recursive: true }));

it('keeps every acknowledged row through kill -9 in the middle of writes', async () => {
  const acknowledged: number[] = [];
  for (let round = 0; round < 3; round++) {
    const db = await start();
    const sql = connect(db.url);
    await sql`create table if not exists rows (id int primary key, filler text, at geometry(point, 4326))`;
    await sql`create index if not exists rows_at on rows using gist (at)`;
    const found = await sql<{ id: number }[]>`select id from rows order by id`;
    expect(found.map(({ id }) => id)).toEqual(expect.arrayContaining(acknowledged));
    const count = acknowledged.length;
    const write = async (id: number): Promise<void> => {
      await sql`insert into rows values (${id}, ${'x'.repeat(3_000)}, st_setsrid(st_makepoint(1, 50), 4326))`;
      acknowledged.push(id);
      if (acknowledged.length === count + 400) process.kill(db.pid, 'SIGKILL');
    };
    const gone = db.exited.then(() => sql.end({ timeout: 0 }));
    await Promise.allSettled(Array.from({ length: 1_000 }, (_, i) => write(round * 1_000 + i)));
    expect(acknowledged.length).toBeGreaterThanOrEqual(count + 400);
    expect(await db.exited).toBeNull();
    await gone;
  }
  const sql = connect((await start()).url);
  const [row] = await sql`select count(*)::int as n from rows where id = any (${acknowledged})`;
  expect(row?.n).toBe(acknowledged.length);
  await sql.end();
});

it('keeps its password, and says where it is, in files of the owner alone', async () => {
  const first = await start();
  expect(await readEmbeddedUrl(dataDir)).toBe(first.url);
  await first.stop();
  expect(await first.exited).toBe(0);
  const second = await start();
  expect(new URL(second.url).password).toBe(new URL(first.url).password);
  for (const name of ['url', 'password']) {
    expect((await stat(join(dataDir, name))).mode & 0o777).toBe(0o600);
  }
});

it('says who holds the data when it is started twice', async () => {
  const db = await start();
  const { startedAt } = JSON.parse(await readFile(join(dataDir, 'lock'), 'utf8'));
  await expect(start()).rejects.toThrow(`in use by process ${db.pid} since ${startedAt}`);
  expect(await readEmbeddedUrl(dataDir)).toBe(db.url);
});

it.each([
  ['is not a database', process.pid],
  ['is gone', 2 ** 22 + 1],
])('takes over a lock whose process %s', async (_, pid) => {
  const stale = { pid, port: 1, startedAt: new Date(0).toISOString() };
  await writeFile(join(dataDir, 'lock'), JSON.stringify(stale));
  const db = await start();
  expect(JSON.parse(await readFile(join(dataDir, 'lock'), 'utf8'))).toMatchObject({ pid: db.pid });
});

it('lets only one of several starts at once have the data', async () => {
  const stale = { pid: 2 ** 22 + 1, port: 1, startedAt: new Date(0).toISOString() };
  await writeFile(join(dataDir, 'lock'), JSON.stringify(stale));
  const settled = await Promise.allSettled([start(), start(), start()]);
  expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

it('makes the database afresh if its first start was cut short', async () => {
  await rm(join(dataDir, 'postgres'), { recursive: true });
  await mkdir(join(dataDir, 'postgres.new'));
  await writeFile(join(dataDir, 'postgres.new', 'PG_VERSION'), '18');
  const sql = connect((await start()).url);
  expect(await sql`select postgis_lib_version() is not null as there`).toMatchObject([
    { there: true },
  ]);
  await sql.end();
});

it('ends with the process that started it, though that was killed', async () => {
  const parent = fork(join(import.meta.dirname, 'parent.testing.ts'), [dataDir], {
    execArgv: ['--import', 'tsx'],
  });
  const [started] = await once(parent, 'message');
  const sql = postgres(started.url, { max: 1, onclose: () => closed() });
  let closed = (): void => {};
  const gone = new Promise<void>((resolve) => {
    closed = resolve;
  });
  await sql`select 1`;
  parent.kill('SIGKILL');
  await gone;
  await sql.end({ timeout: 1 });
  const again = await start();
  expect(again.pid).not.toBe(started.pid);
});

it('ends with one line when the engine dies', async () => {
  const lines: string[] = [];
  const db = await start((line) => lines.push(line));
  const sql = connect(db.url);
  await expect(sql.unsafe(`select '${'['.repeat(100_000)}'::jsonb`)).rejects.toThrow();
  expect(await db.exited).toBe(1);
  expect(lines).toEqual([expect.stringContaining('the embedded database engine stopped')]);
  await sql.end({ timeout: 1 });
});
