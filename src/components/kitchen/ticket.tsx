'use client';

import { Bike, Store } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useNow } from '@/components/shared/clock';
import { useFormat } from '@/components/shared/use-format';
import { cn } from '@/components/ui/cn';
import type { OrderLine } from '@/domain/order';
import type { OrderCard } from '@/domain/views';
import type { TicketData } from './kitchen-column';
import { TicketActions } from './ticket-actions';
import { TicketLines } from './ticket-lines';
import { ToSee } from './to-see';

type TicketProps = TicketData & {
  lines: OrderLine[] | undefined;
  /** Minutes until the courier is at the counter, where one is on the way. */
  arrivesIn: number | undefined;
};

/** One order at the pass. */
export function Ticket({ card, toSee, lines, arrivesIn }: TicketProps) {
  const t = useTranslations('kitchen');
  const { order } = card;
  const pickup = order.fulfilment === 'pickup';
  const Way = pickup ? Store : Bike;
  return (
    <article
      aria-label={t('ticket', { number: order.number, name: order.customerName })}
      data-order={order.id}
      className={cn(
        'rounded-card border bg-raised p-3.5',
        toSee.length > 0 ? 'border-accent ring-1 ring-accent' : 'border-line',
      )}
    >
      <div className="flex items-baseline gap-2">
        <h3 className="numerals heading text-lg">#{order.number}</h3>
        <span dir="auto" className="min-w-0 truncate text-base text-quiet">
          {order.customerName}
        </span>
        <span className="ms-auto flex shrink-0 items-center gap-1.5 text-quiet text-sm">
          <Way aria-hidden="true" className="size-4" />
          {t(pickup ? 'way.pickup' : 'way.delivery')}
        </span>
      </div>
      <Times card={card} />
      {toSee.map((mustSee) => (
        <ToSee key={mustSee.id} mustSee={mustSee} order={order} />
      ))}
      <TicketLines orderId={order.id} known={lines} />
      {order.status !== 'cancelled' && <Courier card={card} arrivesIn={arrivesIn} />}
      <TicketActions order={order} />
    </article>
  );
}

/** When it is wanted, in the words of its state. */
function Times({ card: { order } }: { card: OrderCard }) {
  const t = useTranslations('kitchen');
  const format = useFormat();
  const now = useNow(10);
  const { timeZone, status } = order;
  const late = order.readyEstimateAt ? format.late(order.readyEstimateAt, now) : null;
  const cooking = status === 'accepted' || status === 'preparing';
  return (
    <p
      className={cn('numerals mt-0.5 text-sm', cooking && late ? 'text-bad-ink' : 'text-quiet')}
      suppressHydrationWarning
    >
      {status === 'placed' && t('placed', { ago: format.ago(order.placedAt, now) })}
      {cooking &&
        order.readyEstimateAt &&
        (late
          ? t('readyLate', { time: format.clock(order.readyEstimateAt, timeZone), late })
          : t('readyAt', { time: format.clock(order.readyEstimateAt, timeZone) }))}
      {status === 'ready' &&
        order.readyAt &&
        t('readySince', { time: format.clock(order.readyAt, timeZone) })}
      {order.slotFrom &&
        status !== 'cancelled' &&
        ` ${t('wantedAt', { time: format.moment(order.slotFrom, now, timeZone) })}`}
    </p>
  );
}

/** Who fetches it, and when they are here. */
function Courier({ card, arrivesIn }: { card: OrderCard; arrivesIn: number | undefined }) {
  const t = useTranslations('kitchen');
  const format = useFormat();
  const { order, delivery } = card;
  if (order.status === 'placed' || order.fulfilment === 'pickup') return null;
  const name = delivery?.driverName ?? '';
  const words = () => {
    if (delivery?.status === 'at_pickup') return t('courier.here', { name });
    if (delivery?.status !== 'assigned') return t('courier.none');
    return arrivesIn === undefined
      ? t('courier.coming', { name })
      : t('courier.arrives', { name, minutes: format.minutes(arrivesIn) });
  };
  return (
    <p className="numerals mt-2.5 flex items-center gap-2 text-sm" aria-live="polite">
      <Bike aria-hidden="true" className="size-4 shrink-0 text-quiet" />
      {words()}
    </p>
  );
}
