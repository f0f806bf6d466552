'use client';

import { useState } from 'react';
import { useAction } from '@/components/shared/use-action';
import { type DriverImage, dutyOf, type Vehicle } from '@/domain/driver';
import { trpc } from '@/trpc/client';
import { clockOf, nextAt } from './shift-end';
import type { Whereabouts } from './use-whereabouts';

/** What is ridden, and until when; what is not chosen here stays as it was. */
function usePlan(driver: DriverImage) {
  const [chosen, setVehicle] = useState<Vehicle | null>(null);
  const [clock, setClock] = useState<string | null>(null);
  return {
    vehicle: chosen ?? driver.vehicle,
    setVehicle,
    /** 19:30, or nothing for a shift without an end. */
    clock: clock ?? (driver.shiftEndsAt ? clockOf(driver.shiftEndsAt) : ''),
    setClock,
    forget() {
      setVehicle(null);
      setClock(null);
    },
  };
}

/** Going online sends where the driver is; going offline needs nothing. */
export function useDuty(driver: DriverImage, whereabouts: Whereabouts) {
  const [locating, setLocating] = useState(false);
  const plan = usePlan(driver);
  const mutation = trpc.drivers.setOnline.useMutation();
  const breakMutation = trpc.drivers.setBreak.useMutation();
  const { run, pending } = useAction(mutation, { onDone: plan.forget });
  const pause = useAction(breakMutation);
  const awaited = mutation.isSuccess && mutation.variables.online !== driver.online;

  async function located(): Promise<Awaited<ReturnType<Whereabouts['locate']>>> {
    setLocating(true);
    const position = await whereabouts.locate();
    setLocating(false);
    return position;
  }

  function shift() {
    const until = nextAt(plan.clock, new Date())?.toISOString() ?? null;
    return { online: true, vehicle: plan.vehicle, until };
  }

  async function goOnline(): Promise<void> {
    const position = await located();
    if (position) run({ ...shift(), position });
  }

  async function endBreak(): Promise<void> {
    const position = await located();
    if (position) pause.run({ onBreak: false, position });
  }

  return {
    online: driver.online,
    state: dutyOf(driver),
    driver,
    since: driver.onlineSince,
    busy: locating || pending || awaited || pause.pending,
    locating,
    plan,
    goOnline: () => void goOnline(),
    goOffline: () => run({ online: false, position: null }),
    /** Another vehicle or another end, without a pause in the work. */
    changeShift: () => run({ ...shift(), position: null }),
    startBreak: () => pause.run({ onBreak: true, position: null }),
    endBreak: () => void endBreak(),
  };
}

export type Duty = ReturnType<typeof useDuty>;
