'use client';

import { MapPin, Store } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { driverWords } from '@/components/admin/card-words';
import { type AdminWords, useAdminWords } from '@/components/admin/use-admin-words';
import { useNow } from '@/components/shared/clock';
import { Money } from '@/components/shared/money';
import { cn } from '@/components/ui/cn';
import { INK_TONE } from '@/components/ui/tone';
import type { OrderView } from '@/domain/views';
import { Attempts } from './attempts';
import { Events } from './events';

const CLOSERS = ['admin', 'customer', 'driver', 'restaurant'] as const;

/** From what was ordered to how it went. */
export function OrderStory({ view }: { view: OrderView }) {
  const words = useAdminWords();
  const { t, format } = words;
  const { order, delivery } = view;
  const now = useNow(1);
  const offer = view.offers.find(({ status }) => status === 'pending') ?? null;
  const { text, tone, icon: Icon } = driverWords(view, offer, now, words);
  const clock = (at: string) => format.clock(at, order.timeZone);
  const closer = CLOSERS.find((each) => each === order.closedBy) ?? 'other';
  const distance = format.distance(order.tripDistanceM);
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
          name={t('story.from')}
          title={
            <Link
              href={`/admin/restaurants?r=${order.restaurantSlug}`}
              className="rounded-control underline decoration-line underline-offset-4 hover:decoration-ink"
            >
              {order.restaurantName}
            </Link>
          }
        >
          <bdi>{order.pickupAddress}</bdi>
        </Place>
        <Place icon={MapPin} name={t('story.to')} title={order.customerName}>
          <bdi>{order.dropoffAddress}</bdi>
          {order.dropoffNote && (
            <span dir="auto" className="block">
              “{order.dropoffNote}”
            </span>
          )}
        </Place>
      </ul>
      <dl className="mt-5 grid grid-cols-2 gap-x-4 gap-y-3 border-line border-t pt-4 text-sm">
        <Fact name={t('story.promised')}>
          {t('story.promisedWindow', {
            from: clock(order.promisedFrom),
            to: clock(order.promisedTo),
          })}
        </Fact>
        <Fact name={t('story.ready')}>{readyWords(view, clock, words)}</Fact>
        <Fact name={t('story.driver')}>
          <bdi>{delivery?.driverName ?? t('story.nobodyYet')}</bdi>
        </Fact>
        <Fact name={t('story.trip')}>
          {delivery?.pay == null
            ? distance
            : t('story.tripPays', {
                distance,
                pay: format.money(delivery.pay, order.currency),
              })}
        </Fact>
        {order.reason && (
          <div className="col-span-2">
            <Fact name={t(`story.closedBy.${closer}`)}>{words.reason(order.reason)}</Fact>
          </div>
        )}
      </dl>
      <Section title={t('story.order')}>
        <Lines view={view} />
      </Section>
      <Section title={t('story.search')}>
        <Attempts view={view} />
      </Section>
      <Section title={t('story.events')}>
        <Events view={view} />
      </Section>
    </>
  );
}

function readyWords(
  { order }: OrderView,
  clock: (at: string) => string,
  { t }: AdminWords,
): string {
  if (order.readyAt) return t('story.readySince', { time: clock(order.readyAt) });
  return order.readyEstimateAt
    ? t('story.readyAbout', { time: clock(order.readyEstimateAt) })
    : t('story.readyUnknown');
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
  const { t } = useAdminWords();
  const sums = [
    { name: t('story.delivery'), amount: order.deliveryFee },
    { name: t('story.tip'), amount: order.tip },
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
          <dt className="heading">{t('story.total')}</dt>
          <dd>
            <Money amount={order.total} currency={order.currency} className="heading" />
          </dd>
        </div>
      </dl>
    </div>
  );
}
