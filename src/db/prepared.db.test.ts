import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { testDatabase } from '@/db/testing/test-database';
import type { Queryable } from './client';

const database = testDatabase({ poolSize: 1 });

const ask = async (db: Queryable, word: string) => {
  const rows = await db.execute<{ word: string }>(sql`SELECT ${word}::text AS word`);
  return rows.map((row) => row.word);
};

it('keeps a statement prepared on its connection, in and out of transactions, whatever it is asked with', async () => {
  const { db } = database.connection;
  expect(await ask(db, 'alone')).toEqual(['alone']);
  await db.transaction(async (tx) => {
    expect(await ask(tx, 'within')).toEqual(['within']);
    await tx.transaction(async (inner) => {
      expect(await ask(inner, 'further within')).toEqual(['further within']);
    });
  });
  const kept = await db.execute(
    sql`SELECT generic_plans + custom_plans AS times FROM pg_prepared_statements
      WHERE statement = ${'SELECT $1::text AS word'}`,
  );
  expect([...kept]).toEqual([{ times: '3' }]);
});
