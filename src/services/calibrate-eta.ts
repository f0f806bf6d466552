import { etaSamples, storeCalibration } from '@/db/queries/eta';
import { calibrate, ETA_STAGES } from '@/domain/eta-window';
import type { ServiceContext } from './context';

const HISTORY_DAYS = 14;
const LATEST = 5_000;

/** Lays the windows of each stage anew, so that history would have kept about 80 % of them. */
export async function calibrateEta(ctx: ServiceContext): Promise<void> {
  const now = ctx.now();
  const since = new Date(now.getTime() - HISTORY_DAYS * 86_400_000);
  for (const stage of ETA_STAGES) {
    const samples = await etaSamples(ctx.db, stage, since, LATEST);
    const calibration = calibrate(samples);
    if (!calibration) continue;
    const row = { stage, ...calibration, samples: samples.length, computedAt: now };
    await storeCalibration(ctx.db, row);
  }
}
