import type { Transaction } from '@/db/client';
import { type Edited, lastEditor } from '@/db/queries/restaurant-edits';
import { conflict, notFound, type Refusal } from '@/domain/errors';

/** Why a compare-and-set of what an admin edits did nothing: it is gone, or somebody was faster. */
export async function overtaken(tx: Transaction, what: Edited, id: string): Promise<Refusal> {
  const who = await lastEditor(tx, what, id);
  if (who === undefined) return notFound(what);
  return conflict({
    reason: 'edited_meanwhile',
    message: `${who ?? 'Somebody'} has changed this while you were at it.`,
    hint: 'Look at it as it is now and make your change again.',
    data: { known: who ? 'yes' : 'no', who: who ?? '' },
  });
}
