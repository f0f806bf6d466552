import { describe, expect, it } from 'vitest';
import { embeddedForFile } from './embedded.testing';
import { query } from './protocol';
import { WireClient } from './wire-client.testing';

const db = embeddedForFile();

describe('queries through postgres.js', () => {
  it.each([true, false])(
    'gives 300 parallel queries each its own rows (prepare: %s)',
    async (prepare) => {
      const sql = db.pool({ prepare });
      const wanted = Array.from({ length: 300 }, (_, i) => i);
      const rows = await Promise.all(
        wanted.map((i) => sql`select ${i}::int as i, n from generate_series(1, ${i % 7}::int) n`),
      );
      expect(rows.map((row) => row.length)).toEqual(wanted.map((i) => i % 7));
      expect(rows.every((row, i) => row.every((r) => r.i === i))).toBe(true);
    },
  );

  it.each([true, false])(
    'keeps errors with the query that made them (prepare: %s)',
    async (prepare) => {
      const sql = db.pool({ prepare });
      const settled = await Promise.allSettled(
        Array.from({ length: 200 }, (_, i) =>
          i % 3 === 0
            ? sql`select 1 / ${0}::int as x`
            : i % 3 === 1
              ? sql`select nope(${i}::int)`
              : sql`select ${i}::int as x`,
        ),
      );
      settled.forEach((result, i) => {
        if (i % 3 === 2) expect(result).toMatchObject({ status: 'fulfilled', value: [{ x: i }] });
        else
          expect(result).toMatchObject({
            status: 'rejected',
            reason: { code: i % 3 === 0 ? '22012' : '42883' },
          });
      });
    },
  );

  it('carries rows and parameters of 5 MB', async () => {
    const sql = db.pool();
    const big = 'é'.repeat(2_500_000);
    const [row] = await sql`select ${big}::text as big, length(${big}::text) as length`;
    expect(row).toEqual({ big, length: 2_500_000 });
  });

  it('takes 20,000 parameters', async () => {
    const sql = db.pool();
    const ids = Array.from({ length: 20_000 }, (_, i) => i);
    const rows =
      await sql`select count(*)::int as count from generate_series(0, 30000) n where n in ${sql(ids)}`;
    expect(rows[0]?.count).toBe(20_000);
  });

  it('runs several statements of one simple query', async () => {
    const sql = db.pool();
    const results = await sql.unsafe('select 1 as a; select 2 as b, 3 as c').simple();
    expect(results).toMatchObject([[{ a: 1 }], [{ b: 2, c: 3 }]]);
  });

  it('reads through a cursor while others query', async () => {
    const sql = db.pool();
    const seen: number[] = [];
    for await (const rows of sql`select n from generate_series(1, 100) n`.cursor(7)) {
      seen.push(...rows.map((row) => Number(row.n)));
    }
    const [other] = await Promise.all([
      sql`select 1 as one`,
      sql`select n from generate_series(1, 50) n`.cursor(10, () => sql.CLOSE),
    ]);
    expect(seen).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
    expect(other).toMatchObject([{ one: 1 }]);
  });

  it('finds the nearest points with PostGIS through the index', async () => {
    const sql = db.pool();
    await sql`create table spots (id int primary key, at geometry(point, 4326) not null)`;
    await sql`insert into spots select n, st_setsrid(st_makepoint(n / 1000.0, 50), 4326) from generate_series(1, 5000) n`;
    await sql`create index on spots using gist (at)`;
    await sql`analyze spots`;
    const nearest =
      await sql`select id from spots order by at <-> st_setsrid(st_makepoint(${2.5}, 50), 4326) limit 3`;
    expect(nearest[0]?.id).toBe(2500);
    const plan =
      await sql`explain select id from spots order by at <-> st_setsrid(st_makepoint(2.5, 50), 4326) limit 3`;
    expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toContain(
      'Index Scan using spots_at_idx',
    );
    const [utm] =
      await sql`select st_x(st_transform(st_setsrid(st_makepoint(13.4, 52.5), 4326), 32633))::int as x`;
    expect(utm?.x).toBe(391_391);
  });
});

describe('transactions', () => {
  it('keeps two interleaved transactions apart', async () => {
    const sql = db.pool();
    await sql`create table counters (id int primary key, n int not null)`;
    await sql`insert into counters values (1, 0)`;
    await Promise.all(
      Array.from({ length: 20 }, () =>
        sql.begin(async (tx) => {
          const [row] = await tx`select n from counters where id = 1`;
          await new Promise((resolve) => setImmediate(resolve));
          await tx`update counters set n = ${Number(row?.n) + 1} where id = 1`;
        }),
      ),
    );
    expect(await sql`select n from counters`).toMatchObject([{ n: 20 }]);
  });

  it('serves on after SQL errors inside transactions', async () => {
    const sql = db.pool();
    await sql`create table kept (id int primary key)`;
    const results = await Promise.allSettled(
      Array.from({ length: 40 }, (_, i) =>
        sql.begin(async (tx) => {
          await tx`insert into kept values (${i})`;
          if (i % 2) await tx`insert into kept values (${i})`;
        }),
      ),
    );
    expect(results.map(({ status }) => status === 'fulfilled')).toEqual(
      results.map((_, i) => i % 2 === 0),
    );
    expect(await sql`select count(*)::int as n from kept`).toMatchObject([{ n: 20 }]);
  });

  it('lives through more SQL errors than the engine has stack for', async () => {
    const wire = await WireClient.signedIn(db.url());
    wire.send(...Array.from({ length: 12_000 }, () => query('select 1/0')), query('select 1'));
    expect(await wire.typesUntil('C')).toMatch(/^(E22012 ZI ){12000}T D C$/);
    wire.socket.destroy();
  });

  it('answers too deep a nesting with an error', async () => {
    const sql = db.pool({ max: 1 });
    await expect(sql.unsafe(`select ${'1+'.repeat(50_000)}1`)).rejects.toMatchObject({
      code: '54001',
    });
    await sql`create function forever(i int) returns int language plpgsql as 'begin return forever(i + 1); end'`;
    await expect(sql`select forever(1)`).rejects.toMatchObject({ code: '54001' });
    expect(await sql`select 1 as one`).toMatchObject([{ one: 1 }]);
  });

  it('rolls back for a client that goes away inside a transaction', async () => {
    const sql = db.pool();
    await sql`create table ghosts (id int)`;
    const wire = await WireClient.signedIn(db.url());
    wire.send(query('begin'), query('insert into ghosts values (1)'));
    await wire.until('Z');
    await wire.until('Z');
    const waiting = sql`select count(*)::int as n from ghosts`.execute();
    wire.socket.resetAndDestroy();
    expect(await waiting).toMatchObject([{ n: 0 }]);
  });

  it('makes others wait for a transaction, in the order they came', async () => {
    const sql = db.pool();
    const wire = await WireClient.signedIn(db.url());
    wire.send(query('begin'));
    await wire.until('Z');
    const order: string[] = [];
    const waiting = sql`select 1`.then(() => order.push('other'));
    wire.send(query('commit'));
    await wire.until('Z').then(() => order.push('commit'));
    await waiting;
    expect(order).toEqual(['commit', 'other']);
    wire.socket.destroy();
  });
});
