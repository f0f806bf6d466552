import { z } from 'zod';
import { attemptsOfOrder } from '@/db/queries/dispatch';
import { findOrder } from '@/db/queries/orders';
import type { AttemptDriver, AttemptOutcome } from '@/domain/dispatch/attempt';
import type { PolicyKind } from '@/domain/dispatch/policy-kinds';
import { notFound } from '@/domain/errors';
import { requireRole, type ServiceContext } from './context';

export const ExplainInput = z.object({ orderId: z.uuid() });

export type Attempt = {
  number: number;
  at: string;
  policy: PolicyKind;
  radiusM: number;
  outcome: AttemptOutcome;
  considered: AttemptDriver[];
  /** When it is tried again; of a hold: when the driver has to leave. */
  nextAttemptAt: string | null;
};

const UNKNOWN = { travelSeconds: null, load: null, refusalShare: null, score: null };

/** Why this driver, why not that one: every decision of the dispatcher for an order. */
export async function explainDispatch(
  ctx: ServiceContext,
  input: z.infer<typeof ExplainInput>,
): Promise<Attempt[]> {
  requireRole(ctx, 'admin');
  if (!(await findOrder(ctx.db, input.orderId))) throw notFound('order');
  const attempts = await attemptsOfOrder(ctx.db, input.orderId);
  return attempts.map(({ number, at, policy, radiusM, outcome, considered, nextAttemptAt }) => ({
    ...{ number, policy, radiusM, outcome, at: at.toISOString() },
    considered: considered.map((driver) => ({ ...UNKNOWN, ...driver })),
    nextAttemptAt: nextAttemptAt?.toISOString() ?? null,
  }));
}
