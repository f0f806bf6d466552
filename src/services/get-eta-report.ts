import { z } from 'zod';
import { etaAccuracy, readCalibrations } from '@/db/queries/eta';
import type { StageAccuracy } from '@/domain/eta-accuracy';
import { ETA_STAGES } from '@/domain/eta-window';
import { requireRole, type ServiceContext } from './context';

export const EtaReportInput = z.object({ days: z.number().int().min(1).max(90).default(7) });

/** How well the ETAs of the last days came true, in the order of the stages. For admins. */
export async function getEtaReport(
  ctx: ServiceContext,
  input: z.infer<typeof EtaReportInput>,
): Promise<StageAccuracy[]> {
  requireRole(ctx, 'admin');
  const since = new Date(ctx.now().getTime() - input.days * 86_400_000);
  const rows = await etaAccuracy(ctx.db, since);
  const calibrations = await readCalibrations(ctx.db);
  return ETA_STAGES.flatMap((stage) => {
    const row = rows.find((each) => each.stage === stage);
    return row ? [{ ...row, calibration: calibrations[stage] ?? null }] : [];
  });
}
