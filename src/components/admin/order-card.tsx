'use client';

import { BellRing, ClockAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type DragEvent, type MouseEvent, memo } from 'react';
import { useNow } from '@/components/shared/clock';
import { useFormat } from '@/components/shared/use-format';
import { cn } from '@/components/ui/cn';
import { INK_TONE } from '@/components/ui/tone';
import { believedAt } from '@/domain/board-columns';
import type { MustSeeEvent } from '@/domain/must-see';
import type { OfferImage } from '@/domain/offer';
import { isOpenOrder } from '@/domain/order';
import type { OrderCard as Card } from '@/domain/views';
import { driverWords, isTicking } from './card-words';
import { mayAssign } from './may-assign';
import { useAdminWords } from './use-admin-words';

type OrderCardProps = {
  card: Card;
  offer: OfferImage | null;
  /** What its kitchen has not seen, and should be called for. */
  unseen: MustSeeEvent | null;
  selected: boolean;
  /** The one card of its column that the tab key stops at; arrows lead to the others. */
  tabStop: boolean;
  onOpen: (orderId: string) => void;
  onFocus: (orderId: string) => void;
  /** It is taken up, to be put onto a driver; null: put down. */
  onDrag: (orderId: string | null) => void;
};

/** An order on the board; it renders again only when it has changed, or by the clock. */
export const OrderCard = memo(function OrderCard(props: OrderCardProps) {
  const { card, offer, unseen, selected, tabStop, onOpen, onFocus, onDrag } = props;
  const { order } = card;
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    onOpen(order.id);
  };
  const take = ({ dataTransfer }: DragEvent) => {
    // The link's own address would let it be put down elsewhere.
    dataTransfer.clearData();
    dataTransfer.setData('application/x-hotfoot-order', order.id);
    dataTransfer.effectAllowed = 'move';
    onDrag(order.id);
  };
  return (
    <a
      href={`/admin?order=${order.id}`}
      draggable={mayAssign(card)}
      onDragStart={take}
      onDragEnd={() => onDrag(null)}
      data-order={order.id}
      aria-current={selected ? 'true' : undefined}
      tabIndex={tabStop ? 0 : -1}
      onClick={open}
      onFocus={() => onFocus(order.id)}
      className={cn(
        'block rounded-control border bg-raised px-3 py-2.5 transition-[border-color,box-shadow] hover:border-edge focus-visible:-outline-offset-2',
        selected ? 'border-accent ring-1 ring-accent' : 'border-line',
      )}
    >
      <span className="flex flex-wrap items-baseline justify-between gap-x-2">
        <span className="numerals heading text-sm">#{order.number}</span>
        <Age card={card} />
      </span>
      <span dir="auto" className="mt-1 block truncate font-medium text-sm">
        {order.restaurantName}
      </span>
      <span className="flex items-baseline justify-between gap-x-2 text-quiet text-xs">
        <span dir="auto" className="min-w-0 truncate">
          {order.customerName}
        </span>
        {isOpenOrder(order.status) && <Promised card={card} />}
      </span>
      {unseen && <Unseen event={unseen} />}
      <span className="mt-2 block">
        {isTicking(card) ? (
          <Ticking card={card} offer={offer} />
        ) : (
          <Driver card={card} offer={offer} />
        )}
      </span>
    </a>
  );
});

function Unseen({ event }: { event: MustSeeEvent }) {
  const t = useTranslations('kitchen.board');
  return (
    <span className="mt-2 flex items-start gap-1.5 font-medium text-bad-ink text-xs">
      <BellRing aria-hidden="true" className="mt-px size-3.5 shrink-0" strokeWidth={2.25} />
      <span className="text-pretty">{t(`unseen.${event}`)}</span>
    </span>
  );
}

/** How long ago it was placed, or how late it is or will be. */
function Age({ card }: { card: Card }) {
  const { order } = card;
  const now = useNow(10);
  const format = useFormat();
  if (!isOpenOrder(order.status)) {
    return (
      <span className="numerals text-faint text-xs" suppressHydrationWarning>
        {format.clock(order.closedAt ?? order.placedAt, order.timeZone)}
      </span>
    );
  }
  const late = format.late(order.promisedTo, believedAt(card, now));
  return (
    <span className="numerals flex items-center gap-1 text-xs" suppressHydrationWarning>
      {late ? (
        <span className="flex items-center gap-1 whitespace-nowrap font-medium text-bad-ink">
          <ClockAlert aria-hidden="true" className="size-3.5" />
          {late}
        </span>
      ) : (
        <span className="text-faint">{format.age(order.placedAt, now)}</span>
      )}
    </span>
  );
}

/** Until when it was promised. */
function Promised({ card: { order } }: { card: Card }) {
  const t = useTranslations('board.card');
  const format = useFormat();
  return (
    <span className="numerals shrink-0" suppressHydrationWarning>
      {t('by', { time: format.clock(order.promisedTo, order.timeZone) })}
    </span>
  );
}

type Told = Pick<OrderCardProps, 'card' | 'offer'>;

const Ticking = (told: Told) => <Words {...told} now={useNow(1)} />;
const Driver = (told: Told) => <Words {...told} now={useNow(60)} />;

function Words({ card, offer, now }: Told & { now: Date }) {
  const words = useAdminWords();
  const { text, tone, icon: Icon } = driverWords(card, offer, now, words);
  const waitsToStart = card.order.status === 'accepted';
  return (
    <span
      className={cn('numerals flex items-start gap-1.5 text-xs', INK_TONE[tone])}
      suppressHydrationWarning
    >
      <Icon aria-hidden="true" className="mt-px size-3.5 shrink-0" strokeWidth={2.25} />
      <span className="text-pretty">
        {waitsToStart && `${words.shared('orderStatus.accepted')}. `}
        {text}
      </span>
    </span>
  );
}
