import postgres from 'postgres';
import { describe, expect, it } from 'vitest';
import { embeddedForFile } from './embedded.testing';
import {
  closeStatement,
  int32,
  message,
  parseStatement as parse,
  query,
  sync,
  textRows,
} from './protocol';
import { bind, execute, flush, joined, startup, WireClient } from './wire-client.testing';

const db = embeddedForFile({ idleInTransactionMs: 1_500 });

describe('a client that idles', () => {
  it('cuts off a client that idles inside a transaction, and rolls it back', async () => {
    const sql = db.pool();
    await sql`create table idlers (id int)`;
    const wire = await WireClient.signedIn(db.url());
    wire.send(query('begin; insert into idlers values (1)'));
    await wire.until('Z');
    const waiting = sql`select count(*)::int as n from idlers`.execute();
    expect(await wire.typesUntil('Z')).toBe('E25P03');
    expect(await waiting).toMatchObject([{ n: 0 }]);
  });

  it('cuts off a client that flushes half a batch and idles', async () => {
    const sql = db.pool();
    const wire = await WireClient.signedIn(db.url());
    wire.send(parse('', 'select 1'), flush);
    expect(await wire.typesUntil('1')).toBe('1');
    const waiting = sql`select 1 as one`.execute();
    expect(await wire.typesUntil('Z')).toBe('E25P03');
    expect(await waiting).toMatchObject([{ one: 1 }]);
  });
});

describe('session settings', () => {
  it('stay with the client that set them', async () => {
    const [a, b] = await Promise.all([
      WireClient.signedIn(db.url()),
      WireClient.signedIn(db.url()),
    ]);
    const setting = async (wire: WireClient): Promise<unknown> => {
      wire.send(query("select current_setting('search_path'), current_setting('work_mem')"));
      return textRows(joined(await wire.until('Z')))[0];
    };
    a.send(query("select pg_catalog.set_config('search_path', '', false)"));
    await a.until('Z');
    a.send(parse('', "set work_mem to '1MB'"), bind(''), execute(), sync);
    await a.until('Z');
    for (let round = 0; round < 3; round++) {
      expect(await setting(b)).toEqual(['public', '4MB']);
      expect(await setting(a)).toEqual(['', '1MB']);
    }
    b.send(query("begin; set local work_mem to '2MB'; commit"));
    await b.until('Z');
    a.socket.end();
    await a.closed();
    expect(await setting(b)).toEqual(['public', '4MB']);
    b.socket.destroy();
  });
});

describe('the wire protocol', () => {
  it('drops a half-sent batch of a client that goes away', async () => {
    const sql = db.pool();
    await sql`create table halves (id int)`;
    for (const end of [Buffer.alloc(0), flush]) {
      const wire = await WireClient.signedIn(db.url());
      wire.send(parse('', 'insert into halves values (1)'), bind(''), execute(), end);
      if (end.length > 0) await wire.until('C');
      wire.socket.resetAndDestroy();
      await wire.closed();
    }
    expect(await sql`select count(*)::int as n from halves`).toMatchObject([{ n: 0 }]);
  });

  it('runs what a client sent before it left', async () => {
    const sql = db.pool();
    await sql`create table parting (id int)`;
    const wire = await WireClient.signedIn(db.url());
    wire.socket.end(
      Buffer.concat([
        query('insert into parting values (1)'),
        query('insert into parting values (2)'),
      ]),
    );
    await wire.closed();
    expect(await sql`select count(*)::int as n from parting`).toMatchObject([{ n: 2 }]);
  });

  it('answers each Sync with one ReadyForQuery, after an error too', async () => {
    const wire = await WireClient.signedIn(db.url());
    wire.send(parse('', 'select nope'), flush);
    expect(await wire.typesUntil('E')).toBe('E42703');
    wire.send(bind(''), execute(), sync, query('select 1'));
    expect(await wire.typesUntil('Z')).toBe('ZI');
    expect(await wire.typesUntil('Z')).toBe('T D C ZI');
    wire.send(
      parse('', 'select 1/0'),
      bind(''),
      execute(),
      sync,
      parse('', 'select 1'),
      bind(''),
      execute(),
      sync,
    );
    expect(await wire.typesUntil('Z')).toBe('1 E22012 ZI');
    expect(await wire.typesUntil('Z')).toBe('1 2 D C ZI');
    wire.socket.destroy();
  });

  it('skips all after an error in a batch up to its Sync, and nothing of another client', async () => {
    const [wire, other] = await Promise.all([
      WireClient.signedIn(db.url()),
      WireClient.signedIn(db.url()),
    ]);
    wire.send(parse('', 'select nope'), query('select 1'));
    expect(await wire.typesUntil('E')).toBe('E42703');
    other.send(query('select 1'));
    wire.send(query('select 2'), sync);
    expect(await wire.typesUntil('Z')).toBe('ZI');
    expect(await other.typesUntil('Z')).toBe('T D C ZI');
    wire.send(parse('', 'select 1'), query('select 1'));
    expect(await wire.typesUntil('Z')).toBe('1 T D C ZI');
    wire.socket.destroy();
    other.socket.destroy();
  });

  it('keeps statements of the same name, and unnamed ones, apart', async () => {
    const [a, b] = await Promise.all([
      WireClient.signedIn(db.url()),
      WireClient.signedIn(db.url()),
    ]);
    for (const name of ['same', '']) {
      a.send(parse(name, "select 'a'"), sync);
      expect(await a.typesUntil('Z')).toBe('1 ZI');
      b.send(parse(name, "select 'b'"), sync);
      expect(await b.typesUntil('Z')).toBe('1 ZI');
      a.send(bind(name), execute(), sync);
      b.send(bind(name), execute(), sync);
      expect(textRows(joined(await a.until('Z')))).toEqual([['a']]);
      expect(textRows(joined(await b.until('Z')))).toEqual([['b']]);
    }
    a.send(parse('', 'select 1'), parse('', 'select 2'), closeStatement('same'), sync);
    expect(await a.typesUntil('Z')).toBe('1 1 3 ZI');
    a.send(parse('again', 'select 1'), parse('again', 'select 1'), sync);
    expect(await a.typesUntil('Z')).toBe('1 E42P05 ZI');
    a.socket.destroy();
    b.socket.destroy();
  });

  it('deallocates the statements of a client that left', async () => {
    const sql = db.pool({ max: 1 });
    const before = await sql`select count(*)::int as n from pg_prepared_statements`;
    const wire = await WireClient.signedIn(db.url());
    wire.send(parse('one', 'select 1'), parse('two', 'select 2'), parse('', 'select 3'), sync);
    await wire.until('Z');
    wire.socket.end();
    await wire.closed();
    expect(await sql`select count(*)::int as n from pg_prepared_statements`).toEqual(before);
  });

  it('turns away garbage and goes on', async () => {
    const sql = db.pool();
    const garbage = [
      Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'),
      Buffer.alloc(5_000, 255),
      Buffer.from([0, 0, 0, 8, 0, 2, 0, 0]),
      Buffer.from([0, 0, 0, 0]),
    ];
    for (const bytes of garbage) {
      const wire = new WireClient(db.url());
      wire.send(bytes);
      expect(await wire.typesUntil('Z')).toBe('E08P01');
    }
    for (const bytes of [message('!'), Buffer.from('Q\0\0\0\0'), message('B', Buffer.from([1]))]) {
      const wire = await WireClient.signedIn(db.url());
      wire.send(bytes);
      expect(await wire.typesUntil('Z')).toBe('E08P01');
    }
    const malformed = await WireClient.signedIn(db.url());
    malformed.send(
      message('E', Buffer.from('\0')),
      message('B', Buffer.from('\0\0\xff')),
      sync,
      query('select 1'),
    );
    expect(await malformed.typesUntil('C')).toContain('ZI T D C');
    malformed.socket.destroy();
    expect(await sql`select 1 as one`).toMatchObject([{ one: 1 }]);
  });

  it('declines TLS, ignores CancelRequest, and says which version it speaks', async () => {
    const cancel = new WireClient(db.url());
    cancel.send(int32(16, 80_877_102, 1, 1));
    expect(await cancel.until('Z')).toEqual([]);
    const sql = db.pool({ ssl: 'prefer', max: 1 });
    expect(await sql`select 1 as one`).toMatchObject([{ one: 1 }]);
    const newer = new WireClient(db.url());
    newer.send(startup('postgres', 'postgres', 2));
    expect(await newer.typesUntil('R')).toBe('v R');
    newer.socket.destroy();
  });

  it('refuses a wrong password, another user and another database', async () => {
    const wrong = new URL(db.url());
    wrong.password = 'wrong';
    await expect(postgres(wrong.href, { max: 1 })`select 1`).rejects.toMatchObject({
      code: '28P01',
    });
    await expect(db.pool({ username: 'admin' })`select 1`).rejects.toMatchObject({ code: '28000' });
    await expect(db.pool({ database: 'other' })`select 1`).rejects.toMatchObject({ code: '3D000' });
  });

  it('is not disturbed by LISTEN and NOTIFY', async () => {
    const sql = db.pool({ max: 3 });
    await sql.listen('news', () => {});
    await Promise.all(Array.from({ length: 50 }, (_, i) => sql.notify('news', String(i))));
    const rows = await Promise.all(
      Array.from({ length: 50 }, (_, i) => sql`select ${i}::int as i`),
    );
    expect(rows.map((row) => row[0]?.i)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });
});
