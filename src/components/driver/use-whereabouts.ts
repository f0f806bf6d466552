'use client';

import { useEffect, useRef, useState } from 'react';
import { useRefusal } from '@/components/shared/use-refusal';
import type { GeoPoint } from '@/domain/geo';
import { type FixProblem, fixRefusal, type PositionReport } from '@/domain/position';
import type { RefusalWords } from '@/trpc/refusal';
import { DEFAULT_STAND, demoPosition, isFarAway } from './demo-position';
import { type PositionProblem, readDevice, watchDevice } from './device-position';
import { latestEvery } from './latest-every';
import { startPositionSender } from './position-sender';
import { useDemoGlide } from './use-demo-glide';

/** At most one report in this time, milliseconds. */
const REPORT_EVERY_MS = 3_000;

type Input = {
  driverId: string;
  online: boolean;
  demo: boolean;
  to: GeoPoint | null;
  speedMps: number;
};

/** As an error of a call would be, for the words of it. */
const wireErrorOf = (problem: FixProblem) => {
  const { code, reason, message, hint = null } = fixRefusal(problem);
  return { message, data: { code, refusal: { code, reason, hint, data: null } } };
};

const standingAt = (at: GeoPoint): PositionReport => ({
  at,
  headingDeg: null,
  speedMps: 0,
  accuracyM: 5,
  recordedAt: new Date().toISOString(),
});

/** Where the driver is, by the device or by the demo, told to the platform while online. */
export function useWhereabouts({ driverId, online, demo, to, speedMps }: Input) {
  const stand = demoPosition.use();
  const pretending = demo && stand !== null;
  const [fix, setFix] = useState<PositionReport | null>(null);
  const [problem, setProblem] = useState<PositionProblem | null>(null);
  const refusalOf = useRefusal();
  const [refusal, setRefusal] = useState<RefusalWords | null>(null);
  const report = useRef((_: PositionReport) => {});
  const answered = useRef((_: FixProblem | null) => {});

  /** A device far from the demo city stands in it all the same. */
  function settle(found: PositionReport): PositionReport {
    if (!demo || !isFarAway(found.at)) return found;
    demoPosition.set({ at: DEFAULT_STAND, why: 'far' });
    return standingAt(DEFAULT_STAND);
  }

  function take(found: PositionReport): void {
    const settled = settle(found);
    setProblem(null);
    setFix(settled);
    report.current(settled);
  }
  const latest = useRef(take);
  useEffect(() => {
    latest.current = take;
    answered.current = (found) => {
      // That a later fix won says nothing about this one.
      if (found === 'position_out_of_order') return;
      setRefusal(found && refusalOf(wireErrorOf(found)));
    };
  });

  // The page's socket, and what the device keeps for it.
  useEffect(() => {
    const sender = startPositionSender(driverId, (found) => answered.current(found));
    const reports = latestEvery(REPORT_EVERY_MS, sender.send);
    report.current = reports.take;
    return () => {
      reports.stop();
      sender.stop();
    };
  }, [driverId]);

  // The device's positioning, while the driver is online.
  useEffect(() => {
    if (!online || pretending) return;
    return watchDevice((found) => latest.current(found), setProblem);
  }, [online, pretending]);
  useDemoGlide({ active: online && pretending, to, speedMps, onFix: take });

  /** Where the driver is at this moment, for going online; null when nobody knows. */
  async function locate(): Promise<PositionReport | null> {
    const present = demoPosition.get();
    const found = demo && present ? standingAt(present.at) : await readDevice();
    if (typeof found === 'string') {
      setProblem(found);
      return null;
    }
    const settled = settle(found);
    setProblem(null);
    setFix(settled);
    return settled;
  }

  return {
    at: fix?.at ?? (pretending ? stand.at : null),
    headingDeg: fix?.headingDeg ?? undefined,
    pretending: pretending ? stand.why : null,
    problem,
    refusal,
    locate,
    pretend(at: GeoPoint) {
      setProblem(null);
      setFix(null);
      demoPosition.set({ at, why: 'chosen' });
    },
    stopPretending() {
      setFix(null);
      demoPosition.set(null);
    },
  };
}

export type Whereabouts = ReturnType<typeof useWhereabouts>;
