import { and, eq, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { zones } from '@/db/schema';
import type { ZonePolicy } from '@/domain/dispatch/zone-policy';

export type StoredPolicy = {
  zoneId: string;
  zoneName: string;
  document: unknown;
  version: number;
  /** The actor and the time of the last change; null: as the zone began. */
  changedBy: string | null;
  changedAt: string | null;
  driversOnline: number;
  searching: number;
};

/** Every zone with its policy as it is stored. */
export async function readPolicies(db: Queryable): Promise<StoredPolicy[]> {
  const rows = await db.execute<StoredPolicy>(sql`
    SELECT z.id AS "zoneId", z.name AS "zoneName", z.dispatch_policy AS document,
      z.policy_version AS version, u.name AS "changedBy",
      to_char(c.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "changedAt",
      (SELECT count(*)::int FROM drivers d WHERE d.zone_id = z.id AND d.online) AS "driversOnline",
      (SELECT count(*)::int FROM deliveries v WHERE v.zone_id = z.id
        AND v.status IN ('unassigned', 'offering')) AS searching
    FROM zones z
    LEFT JOIN dispatch_policy_changes c ON c.zone_id = z.id AND c.version = z.policy_version
    LEFT JOIN users u ON c.actor = 'user:' || u.id::text
    WHERE z.retired_at IS NULL
    ORDER BY z.name, z.id`);
  return [...rows];
}

/** Compare-and-set: the policy's new version, or null when somebody has changed it since `expected`. */
export async function writePolicy(
  tx: Transaction,
  zoneId: string,
  expected: number,
  policy: ZonePolicy,
): Promise<number | null> {
  const [row] = await tx
    .update(zones)
    .set({ dispatchPolicy: policy })
    .where(and(eq(zones.id, zoneId), eq(zones.policyVersion, expected)))
    .returning({ version: zones.policyVersion });
  return row?.version ?? null;
}

export async function policyVersionOf(db: Queryable, zoneId: string): Promise<number | null> {
  const [row] = await db
    .select({ version: zones.policyVersion })
    .from(zones)
    .where(eq(zones.id, zoneId));
  return row?.version ?? null;
}
