'use client';

import { type ReactNode, useState } from 'react';
import { useIncoming } from '@/components/shared/conversation/use-incoming';
import { VEHICLE_SPEED_MPS } from '@/domain/driver';
import type { DriverView } from '@/domain/driver-view';
import type { Snapshot } from '@/trpc/live';
import { useLiveDriver } from '@/trpc/use-live-driver';
import { DriverContext } from './driver-context';
import { JobTalk } from './job-talk';
import { jobsOf, legOf } from './job-words';
import { OfferScreen } from './offer-screen';
import { useDuty } from './use-duty';
import { useShownOffer } from './use-offer';
import { useWakeLock } from './use-wake-lock';
import { useWhereabouts } from './use-whereabouts';

type DriverShellProps = { initial: Snapshot<DriverView>; demo: boolean; children: ReactNode };

/** What goes on on every page of the driver: the live view, the position, the offers. */
export function DriverShell({ initial, demo, children }: DriverShellProps) {
  const { view, live } = useLiveDriver(initial);
  const [chosen, choose] = useState<string | null>(null);
  const jobs = jobsOf(view.jobs);
  const job = jobs.find(({ delivery }) => delivery.id === chosen) ?? jobs[0] ?? null;
  const leg = job && legOf(job);
  const whereabouts = useWhereabouts({
    driverId: view.driver.id,
    online: view.driver.online,
    demo,
    to: leg?.stop.at ?? null,
    speedMps: VEHICLE_SPEED_MPS[view.driver.vehicle],
  });
  const duty = useDuty(view.driver, whereabouts);
  const [talkingAbout, talk] = useState<string | null>(null);
  useIncoming(view.messages, 'driver', talkingAbout, talk);
  const { shown, leave } = useShownOffer(view.offers, view.jobs);
  useWakeLock(view.driver.online);

  return (
    <DriverContext
      value={{ view, live, jobs, job, choose, talkingAbout, talk, whereabouts, duty, demo }}
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
          key={shown.offer.id}
          shown={shown}
          me={whereabouts.at}
          onLeave={() => leave(shown.offer.id)}
          onDeclined={() => leave(shown.offer.id)}
        />
      )}
    </DriverContext>
  );
}
