'use client';

import { MapPin, Store } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { driverWords } from '@/components/admin/card-words';
import { useNow } from '@/components/shared/clock';
import { Money } from '@/components/shared/money';
import { reasonWords } from '@/components/shared/reason-words';
import { clockWords, distanceWords } from '@/components/shared/time-words';
import { cn } from '@/components/ui/cn';
import { INK_TONE } from '@/components/ui/tone';
import type { OrderView } from '@/domain/views';
import { Attempts } from './attempts';
import { Events } from './events';

const CLOSERS: Readonly<Record<string, string>> = {
  admin: 'a dispatcher',
  customer: 'the customer',
  driver: 'the driver',
  restaurant: 'the restaurant',
};

/** From what was ordered to how it went. */
export function OrderStory({ view }: { view: OrderView }) {
  const { order, delivery } = view;
  const now = useNow(1);
  const offer = view.offers.find(({ status }) => status === 'pending') ?? null;
  const { text, tone, icon: Icon } = driverWords(view, offer, now);
  const clock = (at: string) => clockWords(at, order.timeZone);
  return (
    <>
      <p
        aria-live="polite"
        className={cn('flex items-start gap-2 pt-4 font-medium text-sm', INK_TONE[tone])}
      >
        <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
        <span className="numerals">{text}</span>
      </p>
      <ul className="mt-4 flex flex-col gap-3.5 text-sm">
        <Place
          icon={Store}
          name="From"
          title={
            <Link
              href={`/admin/restaurants?r=${order.restaurantSlug}`}
              className="rounded-control underline decoration-line underline-offset-4 hover:decoration-ink"
            >
              {order.restaurantName}
            </Link>
          }
        >
          {order.pickupAddress}
        </Place>
        <Place icon={MapPin} name="To" title={order.customerName}>
          {order.dropoffAddress}
          {order.dropoffNote && <span className="block">“{order.dropoffNote}”</span>}
        </Place>
      </ul>
      <dl className="mt-5 grid grid-cols-2 gap-x-4 gap-y-3 border-line border-t pt-4 text-sm">
        <Fact name="Promised">
          {clock(order.promisedFrom)}–{clock(order.promisedTo)}
        </Fact>
        <Fact name="Ready">{readyWords(view, clock)}</Fact>
        <Fact name="Driver">{delivery?.driverName ?? 'Nobody yet'}</Fact>
        <Fact name="Trip">
          {distanceWords(order.tripDistanceM)}
          {delivery?.pay != null && (
            <>
              , pays <Money amount={delivery.pay} currency={order.currency} />
            </>
          )}
        </Fact>
        {order.reason && (
          <div className="col-span-2">
            <Fact name={`Closed by ${CLOSERS[order.closedBy ?? ''] ?? 'Hotfoot'}`}>
              {reasonWords(order.reason)}
            </Fact>
          </div>
        )}
      </dl>
      <Section title="Order">
        <Lines view={view} />
      </Section>
      <Section title="Search for a driver">
        <Attempts view={view} />
      </Section>
      <Section title="What happened">
        <Events view={view} />
      </Section>
    </>
  );
}

function readyWords({ order }: OrderView, clock: (at: string) => string): string {
  if (order.readyAt) return `since ${clock(order.readyAt)}`;
  return order.readyEstimateAt ? `about ${clock(order.readyEstimateAt)}` : 'not known yet';
}

type PlaceProps = { icon: typeof Store; name: string; title: ReactNode; children: ReactNode };

const Place = ({ icon: Icon, name, title, children }: PlaceProps) => (
  <li className="flex gap-3">
    <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-quiet" />
    <div className="min-w-0">
      <p className="font-medium">
        <span className="sr-only">{name} </span>
        {title}
      </p>
      <p className="text-pretty text-quiet">{children}</p>
    </div>
  </li>
);

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="min-w-0">
    <dt className="text-faint text-xs">{name}</dt>
    <dd className="numerals mt-0.5">{children}</dd>
  </div>
);

const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="mt-5 border-line border-t pt-4">
    <h3 className="mb-3 text-sm tracking-normal">{title}</h3>
    {children}
  </section>
);

function Lines({ view: { order, lines } }: { view: OrderView }) {
  const sums = [
    { name: 'Delivery', amount: order.deliveryFee },
    { name: 'Tip', amount: order.tip },
  ].filter(({ amount }) => amount > 0);
  return (
    <div className="text-sm">
      <ul className="flex flex-col gap-2">
        {lines.map((line) => (
          <li key={line.id} className="flex gap-2.5">
            <span className="numerals w-6 shrink-0 text-quiet">{line.quantity} ×</span>
            <span className="min-w-0 flex-1">
              {line.name}
              {(line.options.length > 0 || line.note) && (
                <span className="block text-quiet text-xs">
                  {[...line.options.map(({ name }) => name), line.note && `“${line.note}”`]
                    .filter(Boolean)
                    .join(', ')}
                </span>
              )}
            </span>
            <Money amount={line.lineTotal} currency={order.currency} />
          </li>
        ))}
      </ul>
      <dl className="mt-2.5 flex flex-col gap-1.5 border-line border-t pt-2.5">
        {sums.map(({ name, amount }) => (
          <div key={name} className="flex justify-between">
            <dt className="text-quiet">{name}</dt>
            <dd>
              <Money amount={amount} currency={order.currency} />
            </dd>
          </div>
        ))}
        <div className="flex justify-between">
          <dt className="heading">Total</dt>
          <dd>
            <Money amount={order.total} currency={order.currency} className="heading" />
          </dd>
        </div>
      </dl>
    </div>
  );
}
