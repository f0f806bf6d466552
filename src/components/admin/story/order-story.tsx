'use client';

import { History, MapPin, Store } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { driverWords } from '@/components/admin/card-words';
import { type AdminWords, useAdminWords } from '@/components/admin/use-admin-words';
import { useNow } from '@/components/shared/clock';
import { ProofPicture } from '@/components/shared/proof-picture';
import { buttonStyle } from '@/components/ui/button-style';
import { cn } from '@/components/ui/cn';
import { INK_TONE } from '@/components/ui/tone';
import { needsPin } from '@/domain/handover';
import { isOpenOrder } from '@/domain/order';
import type { OrderView } from '@/domain/views';
import { Attempts } from './attempts';
import { Events } from './events';
import { Lines } from './lines';
import { Rating } from './rating';
import { Talk } from './talk';

const CLOSERS = ['admin', 'customer', 'driver', 'restaurant'] as const;

/** From what was ordered to how it went. */
export function OrderStory({ view }: { view: OrderView }) {
  const words = useAdminWords();
  const { t, shared, format } = words;
  const delay = useTranslations('handsOn.delay');
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
        <Fact name={t('story.expected')}>{expectedWords(view, clock, words)}</Fact>
        {order.slotFrom && order.slotTo && (
          <Fact name={t('story.slot')}>
            {t('story.promisedWindow', { from: clock(order.slotFrom), to: clock(order.slotTo) })}
          </Fact>
        )}
        <Fact name={t('story.ready')}>{readyWords(view, clock, words, delay)}</Fact>
        {order.fulfilment === 'delivery' ? (
          <>
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
          </>
        ) : (
          <Fact name={t('story.fulfilment')}>{t('story.counter')}</Fact>
        )}
        <Fact name={t('story.payment')}>
          {shared(`payment.${order.paymentMethod}.${order.paymentStatus}`)}
        </Fact>
        {order.fulfilment === 'delivery' && (
          <Fact name={t('story.handover')}>{handoverWords(view, words)}</Fact>
        )}
        {delivery?.handBackReason && (
          <Fact name={t('story.handedBack')} className="col-span-2">
            {words.reason(delivery.handBackReason)}
          </Fact>
        )}
        {delivery?.proofId && (
          <Fact name={t('story.photo')} className="col-span-2">
            <ProofPicture proofId={delivery.proofId} />
          </Fact>
        )}
        {order.reason && (
          <Fact name={t(`story.closedBy.${closer}`)} className="col-span-2">
            {words.reason(order.reason)}
          </Fact>
        )}
      </dl>
      <Section title={t('story.order')}>
        <Lines view={view} />
      </Section>
      {order.ratedAt && (
        <Section title={t('story.rating.title')}>
          <Rating order={order} />
        </Section>
      )}
      <Section title={t('story.talk')}>
        <Talk view={view} />
      </Section>
      {order.fulfilment === 'delivery' && (
        <Section title={t('story.search')}>
          <Attempts view={view} />
        </Section>
      )}
      <Section title={t('story.events')}>
        <Events view={view} />
        <Link
          href={`/admin/orders/${order.id}`}
          className={cn(buttonStyle({ size: 'sm' }), 'mt-4')}
        >
          <History aria-hidden="true" />
          {t('story.whole')}
        </Link>
      </Section>
    </>
  );
}

function readyWords(
  { order }: OrderView,
  clock: (at: string) => string,
  { t, format }: AdminWords,
  delay: ReturnType<typeof useTranslations<'handsOn.delay'>>,
): string {
  if (order.readyAt) return t('story.readySince', { time: clock(order.readyAt) });
  if (!order.readyEstimateAt) return t('story.readyUnknown');
  const ready = t('story.readyAbout', { time: clock(order.readyEstimateAt) });
  if (order.putOffMinutes === 0) return ready;
  return delay('putOff', { ready, minutes: format.minutes(order.putOffMinutes) });
}

/** The window believed now, and since when it lies behind the promise; what came of it in the end. */
function expectedWords(
  { order, delivery }: OrderView,
  clock: (at: string) => string,
  { t }: AdminWords,
): ReactNode {
  const arrived = delivery?.deliveredAt ?? (order.status === 'completed' ? order.closedAt : null);
  if (arrived) return t('story.arrivedAt', { time: clock(arrived) });
  if (!isOpenOrder(order.status) || !order.etaFrom || !order.etaTo) return t('story.expectedNone');
  return (
    <>
      {t('story.promisedWindow', { from: clock(order.etaFrom), to: clock(order.etaTo) })}
      {order.delayedAt && (
        <span className="block font-medium text-warn-ink">
          {t('story.delayedSince', { time: clock(order.delayedAt) })}
        </span>
      )}
    </>
  );
}

/** How it is to be handed over, or how that was proven. */
function handoverWords({ order, delivery }: OrderView, { t, reason }: AdminWords): string {
  if (delivery?.proof) {
    const proof = t(`story.proof.${delivery.proof}`);
    if (delivery.signedBy) return t('story.signedBy', { proof, name: delivery.signedBy });
    return delivery.reason
      ? t('story.proofWhy', { proof, reason: reason(delivery.reason) })
      : proof;
  }
  if (order.handover === 'at_door') return t('story.proof.at_door');
  return t(needsPin(order) ? 'story.withPin' : 'story.inPerson');
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

type FactProps = { name: string; className?: string; children: ReactNode };

const Fact = ({ name, className, children }: FactProps) => (
  <div className={cn('min-w-0', className)}>
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
