import { z } from 'zod';
import type { DriverPosition } from '@/domain/driver';

/** Driver, latitude, longitude, heading, speed, and when it was recorded, milliseconds since 1970. */
const MoveSchema = z.tuple([
  z.uuid(),
  z.number().min(-90).max(90),
  z.number().min(-180).max(180),
  z.number().nullable(),
  z.number().nullable(),
  z.number(),
]);
const MovesSchema = z.array(MoveSchema);

export function encodeMoves(positions: Iterable<DriverPosition>): string {
  const moves = Array.from(
    positions,
    ({ driverId, at, headingDeg, speedMps, recordedAt }): z.infer<typeof MoveSchema> => [
      ...([driverId, at.lat, at.lng] as const),
      ...([headingDeg, speedMps, Date.parse(recordedAt)] as const),
    ],
  );
  return JSON.stringify(moves);
}

/** Null when it is nothing of ours, or of a version that we don't know. */
export function decodeMoves(text: string): DriverPosition[] | null {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return null;
  }
  const { data } = MovesSchema.safeParse(given);
  if (!data) return null;
  return data.map(([driverId, lat, lng, headingDeg, speedMps, recordedMs]) => ({
    ...{ driverId, at: { lat, lng }, headingDeg, speedMps },
    recordedAt: new Date(recordedMs).toISOString(),
  }));
}
