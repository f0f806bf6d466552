import { z } from 'zod';
import { lockForLadder, readLadders, writeLadder } from '@/db/queries/ladders';
import { conflict, notFound } from '@/domain/errors';
import { DEFAULT_LADDER, type Ladder, LadderSchema, ladderOf } from '@/domain/must-see';
import { IdempotencyKey, runCommand } from './command';
import { requireRole, type ServiceContext } from './context';

export const GetLadderInput = z.object({
  /** Null: the ladder of all restaurants that have none of their own. */
  restaurantId: z.uuid().nullable(),
});

export type LadderOnDesk = {
  /** What was set for this restaurant, or for all; null: nothing, the usual one counts. */
  own: Ladder | null;
  /** Of a restaurant, what counts for all; of all, what comes with the code. */
  usual: Ladder;
  version: number;
  changedBy: string | null;
};

/** What climbs when a kitchen does not see something, as an admin edits it. */
export async function getLadder(
  ctx: ServiceContext,
  { restaurantId }: z.infer<typeof GetLadderInput>,
): Promise<LadderOnDesk> {
  requireRole(ctx, 'admin');
  const found = await readLadders(ctx.db, restaurantId);
  if (!found) throw notFound('restaurant');
  const { own, forAll, version, changedBy } = found;
  return {
    own: own === null ? null : ladderOf(own),
    usual: restaurantId === null ? DEFAULT_LADDER : ladderOf(forAll),
    ...{ version, changedBy },
  };
}

export const SetLadderInput = IdempotencyKey.extend({
  ...GetLadderInput.shape,
  /** The one on the admin's screen: two of them can't overwrite each other. */
  version: z.number().int().min(0),
  ladder: LadderSchema.nullable(),
});

/** Sets the ladder of one restaurant or of all, for what is climbing too; null: the usual one. */
export async function setLadder(
  ctx: ServiceContext,
  input: z.infer<typeof SetLadderInput>,
): Promise<{ version: number }> {
  requireRole(ctx, 'admin');
  return runCommand(ctx, { name: 'set-ladder', request: input }, async (tx) => {
    const { restaurantId, ladder } = input;
    await lockForLadder(tx, restaurantId);
    const before = await readLadders(tx, restaurantId);
    if (!before) throw notFound('restaurant');
    const { version, changedBy } = before;
    if (version !== input.version) {
      throw conflict({
        reason: 'edited_meanwhile',
        message: `${changedBy ?? 'Somebody'} has changed this while you were at it.`,
        hint: 'Look at it as it is now and make your change again.',
        data: { known: changedBy ? 'yes' : 'no', who: changedBy ?? '' },
      });
    }
    await writeLadder(tx, restaurantId, ladder);
    return { version: (await readLadders(tx, restaurantId))?.version ?? version };
  });
}
