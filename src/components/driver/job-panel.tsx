'use client';

import { MessageSquareText } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useNow } from '@/components/shared/clock';
import { DeliveryPill } from '@/components/shared/delivery-pill';
import type { Format } from '@/components/shared/format';
import { Money } from '@/components/shared/money';
import { useFormat } from '@/components/shared/use-format';
import { useReasonWords } from '@/components/shared/use-reason-words';
import { type GeoPoint, haversineMeters } from '@/domain/geo';
import { needsPin } from '@/domain/handover';
import { isOpenOrder, type OrderImage } from '@/domain/order';
import { CallButton, WaitTimer } from './job-contact';
import { TalkButton } from './job-talk';
import { type Job, legOf } from './job-words';
import { NavigateLink } from './navigate-link';

/** Where to go now, and what to know there. */
export function JobPanel({ job, me }: { job: Job; me: GeoPoint | null }) {
  const t = useTranslations('driver');
  const format = useFormat();
  const reasonWords = useReasonWords();
  const now = useNow(10);
  const { order, delivery } = job;
  const { doing, stop } = legOf(job);
  const late = format.late(order.promisedTo, now);
  const atKitchen = delivery.status === 'assigned' || delivery.status === 'at_pickup';
  const atDoor = delivery.status === 'picked_up' || delivery.status === 'at_dropoff';
  return (
    <section aria-labelledby="job-heading">
      <div className="flex items-center gap-2.5">
        <DeliveryPill status={delivery.status} />
        <span className="numerals text-quiet text-sm">#{order.number}</span>
        {delivery.pay !== null && (
          <Money amount={delivery.pay} currency={order.currency} className="heading ms-auto" />
        )}
      </div>
      <div className="mt-4 flex items-start gap-4">
        <div className="min-w-0 flex-1">
          <h1 id="job-heading" className="text-balance">
            <span className="block font-medium text-base text-quiet tracking-normal">
              {t(`leg.${doing}`)}
            </span>
            <span dir="auto" className="block text-xl">
              {stop.name}
            </span>
          </h1>
          <p dir="auto" className="mt-1 text-base">
            {stop.address}
          </p>
          {me && (
            <p className="numerals text-base text-quiet" aria-live="polite">
              {t('job.away', { distance: format.distance(haversineMeters(me, stop.at)) })}
            </p>
          )}
        </div>
        <NavigateLink to={stop.at} name={stop.name} className="shrink-0" />
      </div>
      {atDoor && order.dropoffNote && <Note>{order.dropoffNote}</Note>}
      {delivery.status === 'at_pickup' && <WaitTimer job={job} />}
      {isOpenOrder(order.status) && <TalkButton order={order} />}
      <CallButton job={job} />
      <dl className="mt-5 divide-y divide-line border-line border-y text-base">
        <Fact name={t('job.order')}>
          {t('job.items', { count: order.itemCount, customer: order.customerName })}
        </Fact>
        {atKitchen && <Fact name={t('job.kitchen')}>{kitchenWords(job, now, t, format)}</Fact>}
        {atKitchen && (
          <Fact name={t('job.thenTo')}>
            <bdi>{order.dropoffAddress}</bdi>
          </Fact>
        )}
        {atDoor && <Payment order={order} />}
        {atDoor && <Fact name={t('job.handover')}>{t(`job.proof.${handoverOf(order)}`)}</Fact>}
        {delivery.reason && <Fact name={t('job.why')}>{reasonWords(delivery.reason)}</Fact>}
        {order.delayedAt && order.etaTo && (
          <Fact name={t('job.delayed')}>
            <span className="numerals font-medium text-warn-ink">
              {t('job.delayedTo', { time: format.clock(order.etaTo, order.timeZone) })}
            </span>
          </Fact>
        )}
        {(atKitchen || atDoor) && (
          <Fact name={t('job.promised')}>
            <span className="numerals">
              {format.clock(order.promisedTo, order.timeZone)}
              {late && <span className="ms-2 font-medium text-bad-ink">{late}</span>}
            </span>
          </Fact>
        )}
      </dl>
      {atKitchen && order.dropoffNote && <Note>{order.dropoffNote}</Note>}
    </section>
  );
}

/** What proves that it was handed over. */
function handoverOf(order: OrderImage): 'at_door' | 'pin' | 'none' {
  if (order.handover === 'at_door') return 'at_door';
  return needsPin(order) ? 'pin' : 'none';
}

function Payment({ order }: { order: OrderImage }) {
  const t = useTranslations('driver.job');
  const { paymentMethod, paymentStatus, total, currency } = order;
  if (paymentMethod === 'cash' && paymentStatus === 'pending') {
    return (
      <Fact name={t('cash')}>
        <Money amount={total} currency={currency} className="heading" />
      </Fact>
    );
  }
  return <Fact name={t('payment')}>{t('nothingToCollect')}</Fact>;
}

type Words = ReturnType<typeof useTranslations<'driver'>>;

function kitchenWords({ order }: Job, now: Date, t: Words, format: Format): string {
  if (order.status === 'ready') return t('job.foodReady');
  const ready = order.readyEstimateAt;
  if (!ready) return t('job.atWork');
  return new Date(ready) > now
    ? t('job.readyAbout', { time: format.clock(ready, order.timeZone) })
    : t('job.readyAnyMoment');
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="flex min-h-12 items-center justify-between gap-4 py-2.5">
    <dt className="shrink-0 text-quiet">{name}</dt>
    <dd className="min-w-0 text-end">{children}</dd>
  </div>
);

function Note({ children }: { children: ReactNode }) {
  const t = useTranslations('driver.job');
  return (
    <p className="mt-4 flex gap-3 rounded-card bg-warn-soft p-4 text-base text-warn-ink">
      <MessageSquareText aria-hidden="true" className="mt-0.5 size-5 shrink-0" />
      <span>
        <span className="sr-only">{t('note')} </span>
        <bdi>{children}</bdi>
      </span>
    </p>
  );
}
