'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { PushSwitch } from '@/components/shared/pwa/push-switch';
import { useFormat } from '@/components/shared/use-format';
import type { DutyState } from '@/domain/driver';
import { haversineMeters } from '@/domain/geo';
import { useDriver } from './driver-context';
import { DriverMap } from './driver-map';
import { DutySwitch } from './duty-switch';
import { EarningsLink } from './earnings-link';
import { JobPanel } from './job-panel';
import { JobStep } from './job-step';
import { type Job, legOf } from './job-words';
import { KeptSteps } from './kept-steps';
import { PositionNotice } from './position-notice';
import { RunList } from './run-list';
import { ShiftControls } from './shift-controls';
import { ShiftPlan } from './shift-plan';
import { WhoSees } from './who-sees';

/** One screen, one thumb: the map above, what to do below, the one next step at the bottom. */
export function DriverHome() {
  const { view, jobs, job, choose, whereabouts, duty } = useDriver();
  return (
    <div className="flex min-h-[calc(100dvh-3.5rem)] flex-col lg:grid lg:grid-cols-[minmax(0,1fr)_28rem]">
      <div className="h-[32dvh] min-h-52 shrink-0 overflow-hidden border-line max-lg:border-b lg:sticky lg:top-14 lg:h-[calc(100dvh-3.5rem)] lg:border-e">
        <HomeMap job={job} />
      </div>
      <div className="flex min-w-0 flex-1 flex-col lg:min-h-[calc(100dvh-3.5rem)]">
        <div className="flex flex-1 flex-col gap-5 px-5 pt-5 pb-6">
          {job && <PositionNotice />}
          {jobs.length > 1 && job && <RunList jobs={jobs} job={job} onChoose={choose} />}
          {job ? <JobPanel job={job} me={whereabouts.at} /> : <Idle state={duty.state} />}
          {!job && <PositionNotice />}
          {!job && !duty.online && <ShiftPlan duty={duty} />}
          {!job && duty.online && <ShiftControls duty={duty} carrying={false} />}
          <div className="mt-auto flex flex-col gap-4">
            {!job && <PushSwitch />}
            <EarningsLink earned={view.earnedToday} />
            <WhoSees driver={view.driver} jobs={jobs} />
            {job && <ShiftControls duty={duty} carrying />}
            {job && <DutySwitch duty={duty} />}
          </div>
        </div>
        <ThumbBar>
          {job ? (
            <JobStep key={job.delivery.id} job={job} step={legOf(job).step} />
          ) : (
            <>
              <KeptSteps />
              <DutySwitch duty={duty} />
            </>
          )}
        </ThumbBar>
      </div>
    </div>
  );
}

function HomeMap({ job }: { job: Job | null }) {
  const t = useTranslations('driver.home');
  const format = useFormat();
  const { whereabouts } = useDriver();
  const { at: me, headingDeg } = whereabouts;
  if (!job) return <DriverMap me={me} stops={[]} route={[]} label={t('mapHere')} />;
  const { stop } = legOf(job);
  const { order } = job;
  const toDoor = stop.kind === 'door';
  return (
    <div className="relative size-full">
      <DriverMap
        me={me}
        headingDeg={headingDeg}
        stops={[
          { kind: 'restaurant', name: order.restaurantName, at: order.pickup, muted: toDoor },
          { kind: 'door', name: order.dropoffAddress, at: order.dropoff, muted: !toDoor },
        ]}
        route={[me, stop.at]}
        label={t('mapWay')}
      />
      {me && (
        <p className="pointer-events-none absolute top-3 start-3 rounded-full bg-raised px-3 py-1.5 font-medium text-sm shadow-float">
          {t('away', { distance: format.distance(haversineMeters(me, stop.at)), place: stop.name })}
          {whereabouts.pretending && <span className="text-quiet"> · {t('demo')}</span>}
        </p>
      )}
    </div>
  );
}

const IDLE = {
  offline: { title: 'offline', detail: 'offlineDetail' },
  online: { title: 'online', detail: 'onlineDetail' },
  shift_over: { title: 'online', detail: 'onlineDetail' },
  on_break: { title: 'onBreak', detail: 'onBreakDetail' },
} as const satisfies Record<DutyState, unknown>;

function Idle({ state }: { state: DutyState }) {
  const t = useTranslations('driver.home');
  return (
    <section aria-live="polite">
      <h1 className="text-xl">{t(IDLE[state].title)}</h1>
      <p className="mt-1.5 text-pretty text-base text-quiet">{t(IDLE[state].detail)}</p>
    </section>
  );
}

/** Stays at the bottom edge, where the thumb is. */
const ThumbBar = ({ children }: { children: ReactNode }) => (
  <div className="sticky bottom-0 z-20 border-line border-t bg-page/95 px-5 pt-4 pb-[max(1rem,env(safe-area-inset-bottom))] backdrop-blur-md">
    {children}
  </div>
);
