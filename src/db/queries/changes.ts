import { and, desc, inArray, lt, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { changes } from '@/db/schema';
import type { ChangeArea } from '@/domain/changes';

export type ChangeRow = {
  id: string;
  area: ChangeArea;
  type: string;
  data: Record<string, unknown>;
  at: Date;
  /** Who it was, by name; null: a part of the platform, or somebody in the database. */
  by: string | null;
  actor: string;
  /** What it is about, by the name that it has now. */
  subject: string | null;
};

/** The latest changes of these areas before `before`, the latest first. Uses `changes_at`. */
export async function listChanges(
  db: Queryable,
  areas: readonly ChangeArea[],
  before: string | null,
  limit: number,
): Promise<ChangeRow[]> {
  const subject = sql<string | null>`coalesce(
    (SELECT u.name FROM users u WHERE u.id = changes.subject_id),
    (SELECT i.email FROM invitations i WHERE i.id = changes.subject_id),
    (SELECT z.name FROM zones z WHERE z.id = changes.subject_id),
    (SELECT p.code FROM promo_codes p WHERE p.id = changes.subject_id),
    (SELECT d.name FROM relay_destinations d WHERE d.id = changes.subject_id))`;
  const by = sql<string | null>`(SELECT u.name FROM users u
    WHERE changes.actor = 'user:' || u.id::text)`;
  return db
    .select({
      id: changes.id,
      area: changes.area,
      type: changes.type,
      data: changes.data,
      at: changes.at,
      actor: changes.actor,
      by,
      subject,
    })
    .from(changes)
    .where(
      and(inArray(changes.area, [...areas]), before === null ? undefined : lt(changes.id, before)),
    )
    .orderBy(desc(changes.id))
    .limit(limit);
}
