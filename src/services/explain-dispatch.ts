import { z } from 'zod';
import { attemptsOfOrder } from '@/db/queries/dispatch';
import type { Considered } from '@/domain/dispatch/nearest';
import { requireRole, type ServiceContext } from './context';

export const ExplainInput = z.object({ orderId: z.uuid() });

export type Attempt = {
  number: number;
  at: string;
  radiusM: number;
  outcome: 'offer' | 'wait' | 'give_up';
  considered: Considered[];
  nextAttemptAt: string | null;
};

/** Why this driver, why not that one: every decision of the dispatcher for an order. */
export async function explainDispatch(
  ctx: ServiceContext,
  input: z.infer<typeof ExplainInput>,
): Promise<Attempt[]> {
  requireRole(ctx, 'admin');
  const attempts = await attemptsOfOrder(ctx.db, input.orderId);
  return attempts.map(({ number, at, radiusM, outcome, considered, nextAttemptAt }) => ({
    number,
    at: at.toISOString(),
    radiusM,
    outcome,
    considered,
    nextAttemptAt: nextAttemptAt?.toISOString() ?? null,
  }));
}
