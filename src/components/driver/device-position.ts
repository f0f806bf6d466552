import type { PositionReport } from '@/domain/position';

/** Why the device does not say where it is. */
export type PositionProblem = 'denied' | 'unavailable' | 'unsupported';

/** The device may answer with a fix that is no older than this, milliseconds. */
const MAX_AGE_MS = 5_000;
const OPTIONS: PositionOptions = {
  enableHighAccuracy: true,
  maximumAge: MAX_AGE_MS,
  timeout: 12_000,
};

const orNull = (value: number | null, least: number, most: number): number | null =>
  value === null || Number.isNaN(value) ? null : Math.min(most, Math.max(least, value));

function toReport({ coords, timestamp }: GeolocationPosition): PositionReport {
  return {
    at: { lat: coords.latitude, lng: coords.longitude },
    headingDeg: orNull(coords.heading, 0, 360),
    speedMps: orNull(coords.speed, 0, 100),
    accuracyM: orNull(coords.accuracy, 0, 10_000),
    // The device vouches for the last five seconds, whenever it says that it moved last.
    recordedAt: new Date(Math.max(timestamp, Date.now() - MAX_AGE_MS)).toISOString(),
  };
}

const problemOf = (error: GeolocationPositionError): PositionProblem =>
  error.code === error.PERMISSION_DENIED ? 'denied' : 'unavailable';

/** Where the device is now; asks the person for permission the first time. */
export function readDevice(): Promise<PositionReport | PositionProblem> {
  if (!('geolocation' in navigator)) return Promise.resolve('unsupported');
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      (position) => resolve(toReport(position)),
      (error) => resolve(problemOf(error)),
      OPTIONS,
    );
  });
}

/** A device that lies still reports nothing by itself; what it said last is said again after this. */
const SAY_AGAIN_MS = 15_000;

/**
 * Reports each fix, and every so often again while the device neither moves nor has a problem: a watch
 * tells of every change, so silence means that the last fix holds. Returns how to stop.
 */
export function watchDevice(
  onFix: (fix: PositionReport) => void,
  onProblem: (problem: PositionProblem) => void,
): () => void {
  if (!('geolocation' in navigator)) {
    onProblem('unsupported');
    return () => undefined;
  }
  let last: PositionReport | null = null;
  const watch = navigator.geolocation.watchPosition(
    (position) => {
      last = toReport(position);
      onFix(last);
    },
    (error) => {
      last = null;
      onProblem(problemOf(error));
    },
    { enableHighAccuracy: true, maximumAge: MAX_AGE_MS },
  );
  const timer = setInterval(() => {
    if (last) onFix({ ...last, recordedAt: new Date().toISOString() });
  }, SAY_AGAIN_MS);
  return () => {
    navigator.geolocation.clearWatch(watch);
    clearInterval(timer);
  };
}
