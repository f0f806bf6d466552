import { keepBreadcrumbs } from '@/db/queries/drivers';
import { dropKeysBefore } from '@/db/queries/idempotency';
import { completeForgotten } from './collect-order';
import type { ServiceContext } from './context';

/** A request may be repeated under its key for so long, hours. */
const KEYS_ANSWER_HOURS = 24;
/** Where drivers were is kept for complaints and for judging the dispatcher, then forgotten, days. */
const BREADCRUMB_DAYS = 14;

/** Removes what nobody can ask for any more, and ends what was forgotten at the counter. */
export async function keepHouse(ctx: ServiceContext): Promise<void> {
  await dropKeysBefore(ctx.db, new Date(ctx.now().getTime() - KEYS_ANSWER_HOURS * 3_600_000));
  await keepBreadcrumbs(ctx.db, ctx.now(), BREADCRUMB_DAYS);
  await completeForgotten(ctx);
}
