import type { ApiDeps } from '@/api/context';
import { serviceContext } from '@/api/init';
import type { Credentials } from '@/auth/session';
import { Refusal } from '@/domain/errors';
import { decodeFixes, encodeOutcomes, encodeRefused, isFrameRefusal } from '@/domain/fix-frame';
import { reportPositions } from '@/services/report-positions';

/** When a frame may be sent again after a failure on our side, milliseconds. */
const RETRY_MS = 2_000;

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
