import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { embeddedForFile } from './embedded.testing';
import { message, parseStatement as parse, query, sync } from './protocol';
import { bind, execute, WireClient } from './wire-client.testing';

const db = embeddedForFile();
const hasPsql = spawnSync('psql', ['--version']).status === 0;

async function psql(script: string): Promise<{ stdout: string }> {
  const running = promisify(execFile)('psql', [db.url(), '-X', '-v', 'ON_ERROR_STOP=1', '-q']);
  running.child.stdin?.end(script);
  return running;
}

describe('COPY', () => {
  it('loads and unloads rows through postgres.js', async () => {
    const sql = db.pool();
    await sql`create table loads (id int, name text)`;
    const writable = await sql`copy loads from stdin`.writable();
    for (let i = 0; i < 20_000; i++) writable.write(`${i}\tname ${i}\n`);
    await new Promise<void>((resolve, reject) => {
      writable.on('error', reject).on('finish', resolve).end();
    });
    expect(await sql`select count(*)::int as n, max(name) as m from loads`).toMatchObject([
      { n: 20_000, m: 'name 9999' },
    ]);
    let unloaded = '';
    for await (const chunk of await sql`copy loads to stdout`.readable()) unloaded += String(chunk);
    expect(unloaded.split('\n')).toHaveLength(20_001);
  });

  it('answers with an error where rows can not be waited for', async () => {
    const sql = db.pool();
    await sql`create table unloadable (id int)`;
    const wire = await WireClient.signedIn(db.url());
    wire.send(query('select 1; copy unloadable from stdin'));
    expect(await wire.typesUntil('Z')).toContain('E57014 ZI');
    wire.send(parse('', 'copy unloadable from stdin'), bind(''), execute(), sync);
    expect(await wire.typesUntil('Z')).toContain('E57014 ZI');
    wire.send(query('copy missing from stdin'));
    await wire.until('G');
    wire.send(message('d', Buffer.from('1\n')), message('c'));
    expect(await wire.typesUntil('Z')).toBe('E42P01 ZI');
    wire.send(query('copy unloadable from stdin'));
    await wire.until('G');
    wire.socket.resetAndDestroy();
    expect(await sql`select count(*)::int as n from unloadable`).toMatchObject([{ n: 0 }]);
  });

  it.skipIf(!hasPsql)('works through psql, as do scripts', async () => {
    const script = `
      create table shelf (id int, name text);
      \\copy shelf from pstdin with (delimiter '|')
      1|one
      2|two, and more
      \\.
      begin; update shelf set name = upper(name); commit;
      copy (select * from shelf order by id) to stdout csv;
      \\d shelf`.replace(/^ +/gm, '');
    const { stdout } = await psql(script);
    expect(stdout).toContain('1,ONE\n2,"TWO, AND MORE"');
    expect(stdout).toContain('name   | text');
  });
});
