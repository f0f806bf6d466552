'use client';

import { useEffect, useRef } from 'react';
import type { GeoPoint } from '@/domain/geo';
import type { PositionReport } from '@/domain/position';
import { demoPosition, glide } from './demo-position';

const EVERY_S = 3;
/** The demo’s couriers ride this many times faster than real ones: nobody waits five minutes. */
const DEMO_HASTE = 3;

type DemoGlide = {
  active: boolean;
  /** The next stop, when there is a job. */
  to: GeoPoint | null;
  speedMps: number;
  onFix: (fix: PositionReport) => void;
};

/** Makes a demo position ride to the next stop, so that a customer sees the courier move. */
export function useDemoGlide({ active, to, speedMps, onFix }: DemoGlide): void {
  const latest = useRef({ to, speedMps, onFix });
  useEffect(() => {
    latest.current = { to, speedMps, onFix };
  });

  // The clock: a fix every three seconds, moving or not.
  useEffect(() => {
    if (!active) return;
    const step = () => {
      const stand = demoPosition.get();
      if (!stand) return;
      const { to, speedMps, onFix } = latest.current;
      const next = glide(stand.at, to, speedMps * DEMO_HASTE, EVERY_S);
      if (next.headingDeg !== null) demoPosition.set({ ...stand, at: next.at });
      onFix({ ...next, accuracyM: 5, recordedAt: new Date().toISOString() });
    };
    step();
    const timer = setInterval(step, EVERY_S * 1_000);
    return () => clearInterval(timer);
  }, [active]);
}
