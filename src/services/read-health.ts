import { watermarkAgeSeconds } from '@/db/queries/events';
import { paymentBacklog } from '@/db/queries/payments';
import { pingDatabase } from '@/db/queries/server-facts';
import type { ServiceContext } from './context';
import { ATTENTION_AFTER_ATTEMPTS } from './run-payments-round';

const DATABASE_DEADLINE_MS = 2_000;

export type DatabaseHealth = {
  database: { ok: boolean; milliseconds: number | null };
  /** By how much an open write holds the watermark back, seconds. */
  watermarkAgeSeconds: number | null;
  /**
   * Captures, releases and refunds that providers are owed, and how many of them have failed so often that
   * a person should look.
   */
  payments: { owed: number | null; attention: number | null };
};

function withDeadline<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('deadline passed')), DATABASE_DEADLINE_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

async function look({ db }: Pick<ServiceContext, 'db'>) {
  await pingDatabase(db);
  const age = await watermarkAgeSeconds(db);
  return { age, backlog: await paymentBacklog(db, ATTENTION_AFTER_ATTEMPTS) };
}

/** How the database stands, and what is owed by what stands in it; within two seconds, whatever it does. */
export async function readHealth(ctx: Pick<ServiceContext, 'db'>): Promise<DatabaseHealth> {
  const startedAt = performance.now();
  const found = await withDeadline(look(ctx)).catch(() => null);
  const ok = found !== null;
  return {
    database: { ok, milliseconds: ok ? Math.round(performance.now() - startedAt) : null },
    watermarkAgeSeconds: found?.age ?? null,
    payments: {
      owed: found?.backlog.owed ?? null,
      attention: found?.backlog.attention ?? null,
    },
  };
}
