import { type SQL, sql } from 'drizzle-orm';
import type { Database, Queryable } from '@/db/client';
import type {
  CarriedFacts,
  DriverFacts,
  OpenFacts,
  ZoneFacts,
} from '@/domain/dispatch/live-snapshot';

/** What is planned at once at the most; what is older goes first. */
const MOST_DELIVERIES = 500;
/** Refusals count for so long, hours. */
const REFUSALS_HOURS = 2;

/** An open delivery with what the round needs to write its decision. */
export type OpenRow = OpenFacts & {
  orderId: string;
  status: 'unassigned' | 'offering';
  attempt: number;
  plannedDriverId: string | null;
  plannedLeaveAt: number | null;
};
export type DriverRow = DriverFacts & { name: string };
export type ZoneRows = Pick<ZoneFacts, 'demand'> & { deliveries: OpenRow[]; drivers: DriverRow[] };

const seconds = (time: SQL) => sql`extract(epoch FROM ${time})::float8`;
const carried = sql`('assigned', 'at_pickup', 'picked_up', 'at_dropoff', 'failed', 'returning')`;

/** Everything open that nobody is thinking about. Uses `deliveries_open_of_zone`. */
async function openDeliveries(db: Queryable, zoneId: string, now: SQL): Promise<OpenRow[]> {
  const said = (status: string) => sql`array(
    SELECT f.driver_id FROM offers f WHERE f.delivery_id = d.id AND f.status = ${status}
      AND f.created_at >= d.search_started_at`;
  const rows = await db.execute<OpenRow>(sql`
    SELECT d.id, d.order_id AS "orderId", d.status, d.attempt, d.empty_rounds AS "emptyRounds",
      o.restaurant_id AS "restaurantId", point_image(o.pickup) AS pickup,
      point_image(o.dropoff) AS dropoff, ${seconds(sql`o.placed_at`)} AS "placedAt",
      ${seconds(sql`coalesce(o.ready_at, o.ready_estimate_at, ${now})`)} AS "readyAt",
      ${said('declined')} UNION SELECT d.avoid_driver_id WHERE d.avoid_driver_id IS NOT NULL
      ) AS "declinedBy",
      ${said('expired')} AND f.round = d.empty_rounds) AS "unansweredBy",
      d.planned_driver_id AS "plannedDriverId",
      ${seconds(sql`d.planned_leave_at`)} AS "plannedLeaveAt"
    FROM deliveries d JOIN orders o ON o.id = d.order_id
    WHERE d.zone_id = ${zoneId} AND d.status IN ('unassigned', 'offering')
      AND d.next_attempt_at <= ${now}
      AND o.status IN ('placed', 'accepted', 'preparing', 'ready')
      AND NOT EXISTS (SELECT FROM offers f WHERE f.delivery_id = d.id AND f.status = 'pending')
    ORDER BY o.placed_at LIMIT ${MOST_DELIVERIES}`);
  return [...rows];
}

type Carried = CarriedFacts & { driverId: string };

async function carriedIn(db: Queryable, zoneId: string, now: SQL): Promise<Map<string, Carried[]>> {
  const rows = await db.execute<Carried>(sql`
    SELECT v.driver_id AS "driverId", v.id, v.status, point_image(o.pickup) AS pickup,
      point_image(o.dropoff) AS dropoff,
      ${seconds(sql`coalesce(o.ready_at, o.ready_estimate_at, ${now})`)} AS "readyAt",
      to_jsonb(v.assigned_at) #>> '{}' AS "assignedAt", v.run_id AS "runId", v.run_stop AS "runStop"
    FROM drivers d
    JOIN deliveries v ON v.driver_id = d.user_id AND v.status IN ${carried}
    JOIN orders o ON o.id = v.order_id
    WHERE d.zone_id = ${zoneId} AND d.online`);
  const byDriver = new Map<string, Carried[]>();
  for (const row of rows) byDriver.set(row.driverId, [...(byDriver.get(row.driverId) ?? []), row]);
  return byDriver;
}

/** Everybody online with a position. Uses `drivers_online`, `offers_recent`, `deliveries_done`. */
async function driversIn(db: Queryable, zoneId: string, now: SQL): Promise<DriverRow[]> {
  type Row = Omit<DriverRow, 'carries' | 'onDuty'> & { available: boolean; resting: boolean };
  const rows = await db.execute<Row>(sql`
    SELECT d.user_id AS id, u.name, d.vehicle, d.capacity, point_image(p.location) AS at, p.available,
      d.break_since IS NOT NULL OR d.shift_over
        OR coalesce(d.shift_ends_at <= ${now}, false) AS resting,
      ${seconds(sql`${now} - p.recorded_at`)} AS "positionAgeSeconds",
      coalesce(f.pending, 0) AS "pendingOffers", coalesce(f.refused, 0) AS refused,
      coalesce(f.asked, 0) AS asked,
      ${seconds(sql`greatest(d.online_since, done.at)`)} AS "idleSince"
    FROM drivers d
    JOIN users u ON u.id = d.user_id
    JOIN driver_positions p ON p.driver_id = d.user_id
    LEFT JOIN LATERAL (
      SELECT (count(DISTINCT run_id) FILTER (WHERE status = 'pending'))::int AS pending,
        (count(*) FILTER (WHERE status IN ('declined', 'expired')))::int AS refused,
        count(*)::int AS asked
      FROM offers WHERE driver_id = d.user_id
        AND created_at > ${now} - make_interval(hours => ${REFUSALS_HOURS})
    ) f ON true
    LEFT JOIN LATERAL (
      SELECT delivered_at AS at FROM deliveries
      WHERE driver_id = d.user_id AND status = 'delivered' ORDER BY delivered_at DESC LIMIT 1
    ) done ON true
    WHERE d.zone_id = ${zoneId} AND d.online`);
  const loads = await carriedIn(db, zoneId, now);
  return rows.map(({ available, resting, ...row }) => {
    const carries = loads.get(row.id) ?? [];
    // On a break, or with a shift that is over: nothing more, whatever is carried still.
    const busy = carries.length > 0 || row.pendingOffers > 0;
    return { ...row, carries, onDuty: !resting && (available || busy) };
  });
}

async function demandIn(db: Queryable, zoneId: string, now: SQL): Promise<ZoneFacts['demand']> {
  const rows = await db.execute<ZoneFacts['demand'][number]>(sql`
    SELECT point_image(r.location) AS place, latest.orders AS "expectedOrders"
    FROM restaurants r, LATERAL (
      SELECT count(*)::int AS orders FROM orders o
      WHERE o.restaurant_id = r.id AND o.placed_at > ${now} - interval '1 hour') latest
    WHERE r.zone_id = ${zoneId} AND latest.orders > 0`);
  return [...rows];
}

/** A zone as it is at one moment: all of it is read from one state of the database. */
export function readZone(db: Database, zoneId: string, at: Date): Promise<ZoneRows> {
  const now = sql`${at.toISOString()}::timestamptz`;
  return db.transaction(
    async (tx) => {
      const deliveries = await openDeliveries(tx, zoneId, now);
      if (deliveries.length === 0) return { deliveries, drivers: [], demand: [] };
      return {
        deliveries,
        drivers: await driversIn(tx, zoneId, now),
        demand: await demandIn(tx, zoneId, now),
      };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}
