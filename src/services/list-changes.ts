import { z } from 'zod';
import { type ChangeRow, listChanges as read } from '@/db/queries/changes';
import { CHANGE_AREAS } from '@/domain/changes';
import { requireRole, type ServiceContext } from './context';

const PAGE = 25;

export const ListChangesInput = z.object({
  areas: z.array(z.enum(CHANGE_AREAS)).min(1),
  /** The id after which the page begins. */
  cursor: z.uuid().nullish(),
});

const toChange = ({ at, ...rest }: ChangeRow) => ({ ...rest, at: at.toISOString() });
export type Change = ReturnType<typeof toChange>;

/** Who changed what, the latest first, a page at a time. */
export async function listChanges(
  ctx: ServiceContext,
  { areas, cursor }: z.infer<typeof ListChangesInput>,
): Promise<{ changes: Change[]; nextCursor: string | null }> {
  requireRole(ctx, 'admin');
  const rows = await read(ctx.db, areas, cursor ?? null, PAGE + 1);
  const shown = rows.slice(0, PAGE);
  const nextCursor = rows.length > PAGE ? (shown.at(-1)?.id ?? null) : null;
  return { changes: shown.map(toChange), nextCursor };
}
