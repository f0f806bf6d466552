import { z } from 'zod';
import { policyVersionOf } from '@/db/queries/policies';
import { invalid, notFound } from '@/domain/errors';
import { PREVIEW_HOURS, type PreviewStep } from '@/domain/replay/preview';
import { ChangeDispatchPolicyInput, soundPolicy } from './change-dispatch-policy';
import { requireRole, type ServiceContext } from './context';
import type { Replays } from './replays';

export const PreviewPolicyInput = z.object({
  zoneId: z.uuid(),
  policy: ChangeDispatchPolicyInput.shape.policy,
  hours: z.literal(PREVIEW_HOURS).default(24),
});

/** What the last hours of a zone would have been like under another policy. Changes nothing. */
export async function* previewPolicy(
  ctx: ServiceContext,
  { zoneId, policy: document, hours }: z.infer<typeof PreviewPolicyInput>,
  replays: Replays | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<PreviewStep, void> {
  requireRole(ctx, 'admin');
  const policy = soundPolicy(document);
  if (!replays) {
    throw invalid({
      reason: 'preview_needs_server',
      message: 'A preview takes a server process of our own, which hosted mode has not.',
      hint: 'Run `npm run dispatch:replay` against this database instead.',
    });
  }
  if ((await policyVersionOf(ctx.db, zoneId)) === null) throw notFound('zone');
  const to = ctx.now();
  const from = new Date(to.getTime() - hours * 3_600_000);
  const job = { zoneId, from: from.toISOString(), to: to.toISOString(), policy };
  yield* replays.run(job, signal);
}
