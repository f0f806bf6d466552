import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { relayDestinations, restaurants, zones } from '@/db/schema';

type Row = typeof relayDestinations.$inferSelect;
export type WebhookTerms = Pick<Row, 'name' | 'url' | 'eventTypes' | 'restaurantId' | 'zoneId'>;

const isWebhook = eq(relayDestinations.kind, 'webhook');

/** Every webhook without its secrets, the oldest first; how many events wait for each, up to 1,000. */
export async function listWebhooks(db: Queryable) {
  const waiting = sql<number>`(SELECT count(*)::integer FROM (
    SELECT FROM events e WHERE (e.xid, e.position) > (${relayDestinations.xid}, ${relayDestinations.position})
    LIMIT 1000) unread)`;
  return db
    .select({
      id: relayDestinations.id,
      name: relayDestinations.name,
      url: sql<string>`${relayDestinations.url}`,
      eventTypes: relayDestinations.eventTypes,
      restaurantId: relayDestinations.restaurantId,
      restaurantName: restaurants.name,
      zoneId: relayDestinations.zoneId,
      zoneName: zones.name,
      disabledAt: relayDestinations.disabledAt,
      version: relayDestinations.version,
      createdAt: relayDestinations.createdAt,
      previousSecretUntil: relayDestinations.previousSecretUntil,
      attempts: relayDestinations.attempts,
      nextAttemptAt: relayDestinations.nextAttemptAt,
      lastError: relayDestinations.lastError,
      failingSince: relayDestinations.failingSince,
      deliveredAt: relayDestinations.deliveredAt,
      missed: relayDestinations.missed,
      waiting,
    })
    .from(relayDestinations)
    .leftJoin(restaurants, eq(restaurants.id, relayDestinations.restaurantId))
    .leftJoin(zones, eq(zones.id, relayDestinations.zoneId))
    .where(isWebhook)
    .orderBy(asc(relayDestinations.createdAt), asc(relayDestinations.id));
}

/** How many there are; held still until the transaction ends. */
export async function countWebhooksLocked(db: Queryable): Promise<number> {
  const rows = await db
    .select({ id: relayDestinations.id })
    .from(relayDestinations)
    .where(isWebhook)
    .for('update');
  return rows.length;
}

export async function insertWebhook(
  db: Queryable,
  webhook: WebhookTerms & { id: string; secret: string },
): Promise<void> {
  await db.insert(relayDestinations).values({ ...webhook, kind: 'webhook' });
}

/** The webhook as it is, or null. */
export async function findWebhook(db: Queryable, id: string): Promise<Row | null> {
  const [row] = await db
    .select()
    .from(relayDestinations)
    .where(and(eq(relayDestinations.id, id), isWebhook));
  return row ?? null;
}

type Change = Partial<
  WebhookTerms &
    Pick<Row, 'disabledAt' | 'secret' | 'missed' | 'nextAttemptAt'> & {
      previousSecret: string | null;
      previousSecretUntil: Date | null;
    }
>;

/** Compare-and-set by version; the version that it has then, or null: somebody was quicker. */
export async function changeWebhook(
  db: Queryable,
  id: string,
  expectedVersion: number,
  change: Change,
): Promise<number | null> {
  const [row] = await db
    .update(relayDestinations)
    .set(change)
    .where(
      and(eq(relayDestinations.id, id), isWebhook, eq(relayDestinations.version, expectedVersion)),
    )
    .returning({ version: relayDestinations.version });
  return row?.version ?? null;
}

/** With its dead letters and its delivery log. */
export async function deleteWebhook(
  db: Queryable,
  id: string,
  expectedVersion: number,
): Promise<boolean> {
  const rows = await db
    .delete(relayDestinations)
    .where(
      and(eq(relayDestinations.id, id), isWebhook, eq(relayDestinations.version, expectedVersion)),
    )
    .returning({ id: relayDestinations.id });
  return rows.length === 1;
}

/** The restaurants among these ids. */
export async function restaurantsAmong(db: Queryable, ids: readonly string[]): Promise<number> {
  return db.$count(restaurants, inArray(restaurants.id, [...ids]));
}
