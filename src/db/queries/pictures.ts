import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';

/** Bytes of pictures, where they lie in the database. */

export async function putPicture(db: Queryable, id: string, bytes: Uint8Array): Promise<void> {
  await db.execute(sql`
    INSERT INTO pictures (id, bytes) VALUES (${id}::uuid, ${Buffer.from(bytes)}::bytea)
    ON CONFLICT (id) DO UPDATE SET bytes = EXCLUDED.bytes`);
}

export async function getPicture(db: Queryable, id: string): Promise<Uint8Array | null> {
  const [row] = await db.execute<{ bytes: Uint8Array }>(
    sql`SELECT bytes FROM pictures WHERE id = ${id}::uuid`,
  );
  return row?.bytes ?? null;
}

export async function removePicture(db: Queryable, id: string): Promise<void> {
  await db.execute(sql`DELETE FROM pictures WHERE id = ${id}::uuid`);
}

/** Those stored before `before` that no photo and no proof names: nobody reaches them any more. */
export async function dropOrphanPictures(db: Queryable, before: Date): Promise<void> {
  await db.execute(sql`
    DELETE FROM pictures p WHERE p.stored_at < ${before.toISOString()}::timestamptz
      AND NOT EXISTS (SELECT FROM photos f WHERE f.id = p.id)
      AND NOT EXISTS (SELECT FROM delivery_proofs d WHERE d.id = p.id AND d.forgotten_at IS NULL)`);
}
