import type { ApiDeps } from '@/api/context';
import { serviceContext } from '@/api/init';
import type { Credentials } from '@/auth/session';
import { Refusal } from '@/domain/errors';
import { decodeFixes, encodeOutcomes, encodeRefused, isFrameRefusal } from '@/domain/fix-frame';
import { POSITION_LIMITS } from '@/domain/position-limits';
import { msUntilTokens } from '@/domain/token-bucket';
import { reportPositions } from '@/services/report-positions';
import { bucketKey, takeTokens } from '@/services/take-tokens';

/** When a frame may be sent again after a failure on our side, milliseconds. */
const RETRY_MS = 2_000;

/** 0 when the driver may send a frame with so many fixes, which is counted then; else how long to wait. */
async function overLimit({ db, now }: ApiDeps, driverId: string, fixes: number): Promise<number> {
  const asked = [
    { key: bucketKey('frames', driverId), rule: POSITION_LIMITS.frames, count: 1 },
    { key: bucketKey('fixes', driverId), rule: POSITION_LIMITS.fixes, count: fixes },
  ];
  for (const { key, rule, count } of asked) {
    const nowMs = now().getTime();
    const { taken, bucket } = await takeTokens(db, { key, rule, nowMs, count });
    if (!taken) return Math.max(1, Math.ceil(msUntilTokens(bucket, rule, nowMs, count)));
  }
  return 0;
}

/** Judges one frame of positions, and answers when they are written. */
export async function takePositions(
  deps: ApiDeps,
  credentials: Credentials,
  bytes: Uint8Array,
): Promise<Uint8Array> {
  const frame = decodeFixes(bytes);
  if (!frame) return encodeRefused(0, 'bad_frame', 0);
  const { seq, fixes } = frame;
  try {
    const session = await deps.getSession(credentials);
    if (session) {
      const waitMs = await overLimit(deps, session.viewer.userId, fixes.length);
      if (waitMs > 0) return encodeRefused(seq, 'too_many_positions', waitMs);
    }
    const outcomes = await reportPositions(serviceContext(deps, session), fixes);
    await deps.positions.written();
    return encodeOutcomes([{ seq, outcomes }]);
  } catch (error) {
    if (error instanceof Refusal && isFrameRefusal(error.reason)) {
      return encodeRefused(seq, error.reason, 0);
    }
    deps.onError(error, 'positions');
    return encodeRefused(seq, 'unavailable', RETRY_MS);
  }
}
