'use client';

import { createContext, useContext } from 'react';
import type { DriverView } from '@/domain/driver-view';
import type { LiveState } from '@/trpc/live';
import type { Job } from './job-words';
import type { Duty } from './use-duty';
import type { Steps } from './use-steps';
import type { Whereabouts } from './use-whereabouts';

export type DriverContextValue = {
  view: DriverView;
  live: LiveState;
  jobs: Job[];
  /** The job that the driver rides for. */
  job: Job | null;
  choose: (deliveryId: string) => void;
  /** The order whose conversation is open. */
  talkingAbout: string | null;
  talk: (orderId: string) => void;
  whereabouts: Whereabouts;
  duty: Duty;
  steps: Steps;
  demo: boolean;
};

export const DriverContext = createContext<DriverContextValue | null>(null);

export function useDriver(): DriverContextValue {
  const value = useContext(DriverContext);
  if (!value) throw new Error('useDriver needs a DriverShell around it');
  return value;
}
