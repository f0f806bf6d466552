import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { relayDestinations } from '@/db/schema';
import {
  BROKER_KINDS,
  BROKER_NAMES,
  type BrokerKind,
  type DestinationKind,
} from '@/domain/relay/destination';
import { arrayLiteral } from './array-literal';
import type { LogPosition } from './events';

/** A destination under a lease, and what has to be known to deliver to it. */
export type Claimed = {
  id: string;
  kind: DestinationKind;
  name: string;
  url: string | null;
  /** The newest first; the one before while it is good still. */
  secrets: string[];
  eventTypes: string[];
  restaurantId: string | null;
  zoneId: string | null;
  place: LogPosition;
  /** Tries of the next event so far, and whether the next one is due: else letters alone are. */
  attempts: number;
  due: boolean;
  holder: string;
};

const inSeconds = (seconds: number) =>
  sql`clock_timestamp() + make_interval(secs => ${seconds}::float8)`;
const placeIs = ({ xid, position }: LogPosition) =>
  sql`(d.xid, d.position) = (${xid}::xid8, ${position}::bigint)`;

/**
 * Below the watermark something lies after the destination's place. The first in order is asked for, which
 * `events_order_of_reading` has: EXISTS would read the whole log where there is nothing.
 */
const unread = sql`(SELECT e.position FROM events e
  WHERE (e.xid, e.position) > (d.xid, d.position) AND e.xid < pg_snapshot_xmin(pg_current_snapshot())
  ORDER BY e.xid, e.position LIMIT 1) IS NOT NULL`;

const dueLetter = (now: Date) => sql`EXISTS (SELECT FROM relay_letters l
  WHERE l.destination_id = d.id AND l.status = 'waiting'
    AND l.next_attempt_at <= ${now.toISOString()}::timestamptz)`;

type ClaimedRow = Omit<Claimed, 'place' | 'holder'> & LogPosition;

/**
 * Takes the destination that has waited longest of those that have something to get, for so many seconds
 * by the clock of the database; null: there is none. One process each (SKIP LOCKED).
 */
export async function claimDestination(
  db: Queryable,
  claim: { kinds: readonly DestinationKind[]; now: Date; holder: string; leaseSeconds: number },
): Promise<Claimed | null> {
  const { kinds, now, holder, leaseSeconds } = claim;
  const [row] = await db.execute<ClaimedRow>(sql`
    UPDATE relay_destinations SET lease_holder = ${holder}::uuid,
      lease_until = ${inSeconds(leaseSeconds)}
    WHERE id = (
      SELECT d.id FROM relay_destinations d
      WHERE d.disabled_at IS NULL AND d.kind = ANY(${arrayLiteral(kinds)}::text::text[])
        AND (d.lease_until IS NULL OR d.lease_until < clock_timestamp())
        AND (d.next_attempt_at <= ${now.toISOString()}::timestamptz AND ${unread} OR ${dueLetter(now)})
      ORDER BY d.next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id, kind, name, url, array_remove(ARRAY[secret,
        CASE WHEN previous_secret_until > clock_timestamp() THEN previous_secret END], NULL) AS secrets,
      event_types AS "eventTypes", restaurant_id AS "restaurantId", zone_id AS "zoneId",
      xid::text AS xid, position::text AS position, attempts,
      next_attempt_at <= ${now.toISOString()}::timestamptz AS due`);
  if (!row) return null;
  const { xid, position, ...rest } = row;
  return { ...rest, place: { xid, position }, holder };
}

const held = ({ id, holder }: Claimed) =>
  sql`d.id = ${id}::uuid AND d.lease_holder = ${holder}::uuid AND d.lease_until > clock_timestamp()
    AND d.disabled_at IS NULL`;

/** Holds it so many seconds longer; false: it is somebody else's by now, or stopped. */
export async function renewLease(
  db: Queryable,
  claimed: Claimed,
  leaseSeconds: number,
): Promise<boolean> {
  const rows = await db.execute(sql`
    UPDATE relay_destinations d SET lease_until = ${inSeconds(leaseSeconds)}
    WHERE ${held(claimed)} RETURNING d.id`);
  return rows.length === 1;
}

/** Compare-and-set on place and lease: what lies at or before `to` is done with. */
export async function advance(
  db: Queryable,
  claimed: Claimed,
  to: LogPosition,
  deliveredAt: Date | null,
): Promise<boolean> {
  const at = deliveredAt?.toISOString() ?? null;
  const rows = await db.execute(sql`
    UPDATE relay_destinations d SET xid = ${to.xid}::xid8, position = ${to.position}::bigint,
      attempts = 0, last_error = NULL, delivered_at = coalesce(${at}::timestamptz, d.delivered_at),
      failing_since = CASE WHEN ${at}::timestamptz IS NULL THEN d.failing_since END
    WHERE ${held(claimed)} AND ${placeIs(claimed.place)} RETURNING d.id`);
  return rows.length === 1;
}

/** Leaves it to whoever comes next, behind those that wait already. */
export async function release(db: Queryable, { id, holder }: Claimed, now: Date): Promise<void> {
  await db
    .update(relayDestinations)
    .set({
      leaseHolder: null,
      leaseUntil: null,
      nextAttemptAt: sql`greatest(${relayDestinations.nextAttemptAt}, ${now.toISOString()}::timestamptz)`,
    })
    .where(and(eq(relayDestinations.id, id), eq(relayDestinations.leaseHolder, holder)));
}

/** One more try of the next event has failed, and the next is due then. */
export async function postpone(
  db: Queryable,
  { id, holder }: Claimed,
  failure: { attempts: number; error: string; now: Date; until: Date },
): Promise<void> {
  await db
    .update(relayDestinations)
    .set({
      attempts: failure.attempts,
      lastError: failure.error,
      failingSince: sql`coalesce(${relayDestinations.failingSince}, ${failure.now.toISOString()}::timestamptz)`,
      nextAttemptAt: failure.until,
      leaseHolder: null,
      leaseUntil: null,
    })
    .where(and(eq(relayDestinations.id, id), eq(relayDestinations.leaseHolder, holder)));
}

/** Whether anybody is served at all, and when something is due that has failed before, or whose holder may be gone. */
export async function nextRelayDue(
  db: Queryable,
  kinds: readonly DestinationKind[],
): Promise<{ anyone: boolean; nextDueAt: Date | null }> {
  const served = sql`d.disabled_at IS NULL AND d.kind = ANY(${arrayLiteral(kinds)}::text::text[])`;
  const [row] = await db.execute<{ anyone: boolean; at: string | null }>(sql`
    SELECT EXISTS (SELECT FROM relay_destinations d WHERE ${served}) AS anyone, to_jsonb(least(
      (SELECT min(greatest(d.next_attempt_at, d.lease_until)) FROM relay_destinations d
        WHERE ${served} AND (d.attempts > 0 OR d.lease_until IS NOT NULL)),
      (SELECT min(l.next_attempt_at) FROM relay_letters l JOIN relay_destinations d
        ON d.id = l.destination_id AND ${served} AND d.lease_until IS NULL
        WHERE l.status = 'waiting'))) #>> '{}' AS at`);
  return { anyone: row?.anyone ?? false, nextDueAt: row?.at ? new Date(row.at) : null };
}

/** The broker's destination is there from now on, and begins at the watermark when it is new. */
export async function keepBroker(db: Queryable, kind: BrokerKind): Promise<void> {
  await db
    .insert(relayDestinations)
    .values({ kind, name: BROKER_NAMES[kind] })
    .onConflictDoNothing();
}

export type BrokerState = {
  kind: BrokerKind;
  name: string;
  attempts: number;
  lastError: string | null;
  failingSince: Date | null;
  deliveredAt: Date | null;
  missed: number;
};

/** How the brokers' destinations stand. */
export async function listBrokers(db: Queryable): Promise<BrokerState[]> {
  const rows = await db
    .select({
      kind: relayDestinations.kind,
      name: relayDestinations.name,
      attempts: relayDestinations.attempts,
      lastError: relayDestinations.lastError,
      failingSince: relayDestinations.failingSince,
      deliveredAt: relayDestinations.deliveredAt,
      missed: relayDestinations.missed,
    })
    .from(relayDestinations)
    .where(inArray(relayDestinations.kind, [...BROKER_KINDS]));
  return rows.flatMap(({ kind, ...rest }) => (kind === 'webhook' ? [] : [{ kind, ...rest }]));
}
