'use client';

import { Bike, HandHelping } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { jobsOf, legOf } from '@/components/driver/job-words';
import { DeliveryPill } from '@/components/shared/delivery-pill';
import { useFormat } from '@/components/shared/use-format';
import { type DutyState, dutyOf } from '@/domain/driver';
import type { DriverView } from '@/domain/driver-view';
import type { OfferImage } from '@/domain/offer';
import { nextJob } from '@/domain/run';
import { Panel, Row } from './panel';
import { useStoryWords } from './use-story-words';

type DriverPanelProps = { view: DriverView | null; at: string };

/** What the screen said of the driver who carried the order, or was asked. */
export function DriverPanel({ view, at }: DriverPanelProps) {
  const { story } = useStoryWords();
  if (!view) {
    return (
      <Panel icon={Bike} title={story('driver')}>
        <p className="p-4 text-quiet text-sm">{story('nobodyAsked')}</p>
      </Panel>
    );
  }
  const jobs = jobsOf(view.jobs);
  const offer = view.offers[0];
  return (
    <Panel icon={Bike} title={story('driver')} aside={<bdi>{view.driver.name}</bdi>}>
      <div className="p-4">
        {offer && <Offer offer={offer} count={view.offers.length} at={at} />}
        {jobs.length > 0 && <Job jobs={jobs} />}
        {!offer && jobs.length === 0 && <Idle state={dutyOf(view.driver)} />}
      </div>
    </Panel>
  );
}

type OfferProps = { offer: OfferImage; count: number; at: string };

/** It covered everything else. */
function Offer({ offer, count, at }: OfferProps) {
  const { story } = useStoryWords();
  const t = useTranslations('driver.offer');
  const { money, distance, lasting } = useFormat();
  const left = Math.max(0, (Date.parse(offer.expiresAt) - Date.parse(at)) / 1_000);
  return (
    <div className="mb-3 rounded-control bg-warn-soft p-3 text-sm text-warn-ink">
      <p className="flex items-center gap-2 font-medium">
        <HandHelping aria-hidden="true" className="size-4" />
        {count > 1 ? t('titleOfRun', { count }) : t('title')}
      </p>
      <p className="numerals mt-1">
        <bdi>{offer.restaurantName}</bdi> · {money(offer.pay, offer.currency)} ·{' '}
        {t('fromYou', { distance: distance(offer.pickupDistanceM) })}
      </p>
      <p className="numerals">{story('offerLeft', { time: lasting(left) })}</p>
    </div>
  );
}

function Job({ jobs }: { jobs: ReturnType<typeof jobsOf> }) {
  const { story } = useStoryWords();
  const t = useTranslations('driver');
  const { money } = useFormat();
  const job = nextJob(jobs);
  if (!job) return null;
  const { doing, stop, step } = legOf(job);
  const { order, delivery } = job;
  return (
    <>
      <DeliveryPill status={delivery.status} />
      <p className="mt-3 text-quiet text-sm">{t(`leg.${doing}`)}</p>
      <p dir="auto" className="heading text-lg">
        {stop.name}
      </p>
      <p dir="auto" className="text-quiet text-sm">
        {stop.address}
      </p>
      <dl className="mt-3 divide-y divide-line border-line border-t text-sm">
        {step && <Row name={story('button')}>{t(`step.${step}`)}</Row>}
        <Row name={story('carries')}>{jobs.map((each) => `#${each.order.number}`).join(', ')}</Row>
        {delivery.pay !== null && (
          <Row name={story('pay')}>{money(delivery.pay, order.currency)}</Row>
        )}
      </dl>
    </>
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
    <>
      <p className="font-medium text-sm">{t(IDLE[state].title)}</p>
      <p className="text-pretty text-quiet text-sm">{t(IDLE[state].detail)}</p>
    </>
  );
}
