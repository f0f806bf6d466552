'use client';

import { type ReactNode, useState } from 'react';
import { useIncoming } from '@/components/shared/conversation/use-incoming';
import { useKeepOffline } from '@/components/shared/pwa/keep-offline';
import { useWakeLock } from '@/components/shared/use-wake-lock';
import { isCarried } from '@/domain/delivery';
import { VEHICLE_SPEED_MPS } from '@/domain/driver';
import type { DriverView } from '@/domain/driver-view';
import { nextJob } from '@/domain/run';
import type { Snapshot } from '@/trpc/live';
import { useLiveDriver } from '@/trpc/use-live-driver';
import { DriverContext } from './driver-context';
import { JobTalk } from './job-talk';
import { jobsOf, legOf } from './job-words';
import { OfferScreen } from './offer-screen';
import { foresee } from './step-queue';
import { useDuty } from './use-duty';
import { useShownOffer } from './use-offer';
import { useSteps } from './use-steps';
import { useTellOutcome } from './use-tell-outcome';
import { useWhereabouts } from './use-whereabouts';

type DriverShellProps = { initial: Snapshot<DriverView>; demo: boolean; children: ReactNode };

/** What goes on on every page of the driver: the live view, the position, the offers. */
export function DriverShell({ initial, demo, children }: DriverShellProps) {
  const { view, live } = useLiveDriver(initial);
  const [chosen, choose] = useState<string | null>(null);
  const steps = useSteps(useTellOutcome());
  const jobs = foresee(jobsOf(view.jobs), steps.queue).filter(({ delivery }) =>
    isCarried(delivery.status),
  );
  const job = jobs.find(({ delivery }) => delivery.id === chosen) ?? nextJob(jobs);
  const leg = job && legOf(job);
  // On a break nobody needs to know where the driver is.
  const watched = view.driver.online && view.driver.breakSince === null;
  const whereabouts = useWhereabouts({
    driverId: view.driver.id,
    online: watched,
    demo,
    to: leg?.stop.at ?? null,
    speedMps: VEHICLE_SPEED_MPS[view.driver.vehicle],
  });
  const duty = useDuty(view.driver, whereabouts);
  const [talkingAbout, talk] = useState<string | null>(null);
  useIncoming(view.messages, 'driver', talkingAbout, talk);
  const { shown, leave } = useShownOffer(view);
  useWakeLock(watched);
  useKeepOffline('/driver', jobs.map(({ delivery }) => `${delivery.id} ${delivery.status}`).join());

  return (
    <DriverContext
      value={{
        ...{ view, live, jobs, job, choose, steps },
        ...{ talkingAbout, talk, whereabouts, duty, demo },
      }}
    >
      {children}
      {jobs.map((each) => (
        <JobTalk
          key={each.order.id}
          job={each}
          messages={view.messages}
          open={talkingAbout === each.order.id}
          onOpenChange={(open) => talk(open ? each.order.id : null)}
        />
      ))}
      {shown && (
        <OfferScreen
          key={shown.runId}
          shown={shown}
          me={whereabouts.at}
          onLeave={() => leave(shown.runId)}
          onDeclined={() => leave(shown.runId)}
        />
      )}
    </DriverContext>
  );
}
