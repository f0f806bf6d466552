'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { UnreadMark } from '@/components/shared/conversation/unread-mark';
import { useFormat } from '@/components/shared/use-format';
import { Segmented } from '@/components/ui/segmented';
import { haversineMeters } from '@/domain/geo';
import type { OrderImage } from '@/domain/order';
import { useDriver } from './driver-context';
import { DriverMap } from './driver-map';
import { DutySwitch } from './duty-switch';
import { EarningsLink } from './earnings-link';
import { JobPanel } from './job-panel';
import { JobStep } from './job-step';
import { useJobUnread } from './job-talk';
import { type Job, legOf } from './job-words';
import { PositionNotice } from './position-notice';
import { WhoSees } from './who-sees';

/** One screen, one thumb: the map above, what to do below, the one next step at the bottom. */
export function DriverHome() {
  const t = useTranslations('driver.home');
  const { view, jobs, job, choose, whereabouts, duty } = useDriver();
  return (
    <div className="flex min-h-[calc(100dvh-3.5rem)] flex-col lg:grid lg:grid-cols-[minmax(0,1fr)_28rem]">
      <div className="h-[32dvh] min-h-52 shrink-0 overflow-hidden border-line max-lg:border-b lg:sticky lg:top-14 lg:h-[calc(100dvh-3.5rem)] lg:border-e">
        <HomeMap job={job} />
      </div>
      <div className="flex min-w-0 flex-1 flex-col lg:min-h-[calc(100dvh-3.5rem)]">
        <div className="flex flex-1 flex-col gap-5 px-5 pt-5 pb-6">
          {job && <PositionNotice />}
          {jobs.length > 1 && job && (
            <Segmented
              label={t('deliveries')}
              value={job.delivery.id}
              onChange={choose}
              segments={jobs.map(({ order, delivery }) => ({
                value: delivery.id,
                label: <JobName order={order} />,
              }))}
            />
          )}
          {job ? <JobPanel job={job} me={whereabouts.at} /> : <Idle online={duty.online} />}
          {!job && <PositionNotice />}
          <div className="mt-auto flex flex-col gap-4">
            <EarningsLink earned={view.earnedToday} />
            <WhoSees online={duty.online} jobs={jobs} />
            {job && <DutySwitch duty={duty} />}
          </div>
        </div>
        <ThumbBar>
          {job ? (
            <JobStep key={job.delivery.id} job={job} step={legOf(job).step} />
          ) : (
            <DutySwitch duty={duty} />
          )}
        </ThumbBar>
      </div>
    </div>
  );
}

/** One of several jobs, with what was said about it and not read yet. */
function JobName({ order }: { order: OrderImage }) {
  return (
    <>
      #{order.number}
      <UnreadMark count={useJobUnread(order.id)} />
    </>
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

function Idle({ online }: { online: boolean }) {
  const t = useTranslations('driver.home');
  return (
    <section aria-live="polite">
      <h1 className="text-xl">{t(online ? 'online' : 'offline')}</h1>
      <p className="mt-1.5 text-pretty text-base text-quiet">
        {t(online ? 'onlineDetail' : 'offlineDetail')}
      </p>
    </section>
  );
}

/** Stays at the bottom edge, where the thumb is. */
const ThumbBar = ({ children }: { children: ReactNode }) => (
  <div className="sticky bottom-0 z-20 border-line border-t bg-page/95 px-5 pt-4 pb-[max(1rem,env(safe-area-inset-bottom))] backdrop-blur-md">
    {children}
  </div>
);
