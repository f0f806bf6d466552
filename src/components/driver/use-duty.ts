'use client';

import { useState } from 'react';
import { useAction } from '@/components/shared/use-action';
import type { DriverImage } from '@/domain/driver';
import { trpc } from '@/trpc/client';
import type { Whereabouts } from './use-whereabouts';

/** Going online sends where the driver is; going offline needs nothing. */
export function useDuty(driver: DriverImage, whereabouts: Whereabouts) {
  const [locating, setLocating] = useState(false);
  const mutation = trpc.drivers.setOnline.useMutation();
  const { run, pending } = useAction(mutation);
  const awaited = mutation.isSuccess && mutation.variables.online !== driver.online;

  async function goOnline(): Promise<void> {
    setLocating(true);
    const position = await whereabouts.locate();
    setLocating(false);
    if (position) run({ online: true, position });
  }

  return {
    online: driver.online,
    since: driver.onlineSince,
    busy: locating || pending || awaited,
    locating,
    goOnline: () => void goOnline(),
    goOffline: () => run({ online: false, position: null }),
  };
}

export type Duty = ReturnType<typeof useDuty>;
