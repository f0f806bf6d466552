'use client';

import { MessageSquareText } from 'lucide-react';
import type { ReactNode } from 'react';
import { useNow } from '@/components/shared/clock';
import { Money } from '@/components/shared/money';
import { reasonWords } from '@/components/shared/reason-words';
import { DeliveryPill } from '@/components/shared/status-pill';
import { clockWords, distanceWords, lateWords } from '@/components/shared/time-words';
import { type GeoPoint, haversineMeters } from '@/domain/geo';
import { itemWords, type Job, legOf } from './job-words';
import { NavigateLink } from './navigate-link';

/** Where to go now, and what to know there. */
export function JobPanel({ job, me }: { job: Job; me: GeoPoint | null }) {
  const now = useNow(10);
  const { order, delivery } = job;
  const { title, stop } = legOf(job);
  const late = lateWords(order.promisedTo, now);
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
            <span className="block font-medium text-base text-quiet tracking-normal">{title}</span>
            <span className="block text-xl">{stop.name}</span>
          </h1>
          <p className="mt-1 text-base">{stop.address}</p>
          {me && (
            <p className="numerals text-base text-quiet" aria-live="polite">
              {distanceWords(haversineMeters(me, stop.at))} away
            </p>
          )}
        </div>
        <NavigateLink to={stop.at} name={stop.name} className="shrink-0" />
      </div>
      {atDoor && order.dropoffNote && <Note>{order.dropoffNote}</Note>}
      <dl className="mt-5 divide-y divide-line border-line border-y text-base">
        <Fact name="Order">
          {itemWords(order.itemCount)} for {order.customerName}
        </Fact>
        {atKitchen && <Fact name="Kitchen">{kitchenWords(job, now)}</Fact>}
        {atKitchen && <Fact name="Then to">{order.dropoffAddress}</Fact>}
        {atDoor && (
          <Fact name="Collect in cash">
            <Money amount={order.total} currency={order.currency} className="heading" />
          </Fact>
        )}
        {delivery.reason && <Fact name="Why">{reasonWords(delivery.reason)}</Fact>}
        {(atKitchen || atDoor) && (
          <Fact name="Promised by">
            <span className="numerals">
              {clockWords(order.promisedTo, order.timeZone)}
              {late && <span className="ms-2 font-medium text-bad-ink">{late}</span>}
            </span>
          </Fact>
        )}
      </dl>
      {atKitchen && order.dropoffNote && <Note>{order.dropoffNote}</Note>}
    </section>
  );
}

function kitchenWords({ order }: Job, now: Date): string {
  if (order.status === 'ready') return 'The food is ready';
  const ready = order.readyEstimateAt;
  if (!ready) return 'At work';
  return new Date(ready) > now
    ? `Ready about ${clockWords(ready, order.timeZone)}`
    : 'Ready any moment';
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="flex min-h-12 items-center justify-between gap-4 py-2.5">
    <dt className="shrink-0 text-quiet">{name}</dt>
    <dd className="min-w-0 text-end">{children}</dd>
  </div>
);

const Note = ({ children }: { children: ReactNode }) => (
  <p className="mt-4 flex gap-3 rounded-card bg-warn-soft p-4 text-base text-warn-ink">
    <MessageSquareText aria-hidden="true" className="mt-0.5 size-5 shrink-0" />
    <span>
      <span className="sr-only">Note: </span>
      {children}
    </span>
  </p>
);
