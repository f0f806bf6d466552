import { markForgotten, proofsToForget } from '@/db/queries/proofs';
import type { ServiceContext } from './context';
import type { PictureStore } from './picture-store';

const BATCH = 100;

/**
 * Removes pictures of handovers that are doomed, or were stored before `before`; how many. Cut off in between, it
 * removes again what it had not noted yet.
 */
export async function forgetProofs(
  ctx: ServiceContext,
  store: PictureStore,
  before: Date | null,
): Promise<number> {
  let forgotten = 0;
  for (;;) {
    const ids = await proofsToForget(ctx.db, before, BATCH);
    for (const id of ids) await store.remove(id);
    if (ids.length > 0) await markForgotten(ctx.db, ids, ctx.now());
    forgotten += ids.length;
    if (ids.length < BATCH) return forgotten;
  }
}
