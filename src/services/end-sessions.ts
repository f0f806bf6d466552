import { z } from 'zod';
import { endSessions as end, findPerson } from '@/db/queries/people';
import { notFound } from '@/domain/errors';
import { IdempotencyKey, runCommand } from './command';
import { requireRole, type ServiceContext } from './context';

export const EndSessionsInput = IdempotencyKey.extend({
  userId: z.uuid(),
  /** One of theirs; null: all of them, but never the one that asks. */
  sessionId: z.uuid().nullable(),
});

/** Ends sessions of somebody: pages, calls and open sockets, within seconds. */
export async function endSessions(
  ctx: ServiceContext,
  input: z.infer<typeof EndSessionsInput>,
  ownSessionId: string | null,
): Promise<{ ended: number }> {
  requireRole(ctx, 'admin');
  const { userId, sessionId } = input;
  return runCommand(ctx, { name: 'end-sessions', request: input }, async (tx) => {
    if (!(await findPerson(tx, userId))) throw notFound('person');
    const which = sessionId ? { only: sessionId } : { spare: ownSessionId };
    return { ended: await end(tx, userId, which, ctx.now()) };
  });
}
