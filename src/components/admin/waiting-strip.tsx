'use client';

import { ClockAlert, UserRoundSearch } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { memo } from 'react';
import { useNow } from '@/components/shared/clock';
import { useFormat } from '@/components/shared/use-format';
import { cn } from '@/components/ui/cn';
import { believedAt, driverlessRank } from '@/domain/board-columns';
import type { OrderCard } from '@/domain/views';

/** As many as a wide screen has room for; the rest is one press away. */
const SHOWN = 12;

type WaitingStripProps = {
  /** Deliveries that nobody has, the most urgent first. */
  cards: readonly OrderCard[];
  only: boolean;
  onOnly: (only: boolean) => void;
  onOpen: (orderId: string) => void;
  onAssign: (orderId: string) => void;
};

/** Deliveries without a driver, on top of everything. */
export const WaitingStrip = memo(function WaitingStrip(props: WaitingStripProps) {
  const { cards, only, onOnly, onOpen, onAssign } = props;
  const t = useTranslations('board.waiting');
  const givenUp = cards.some((card) => driverlessRank(card) === 0);
  return (
    <section
      aria-labelledby="waiting-title"
      className="flex h-11 shrink-0 items-center gap-2 border-line border-t px-4 sm:px-6"
    >
      <h2 id="waiting-title" className="shrink-0 text-sm tracking-normal">
        <button
          type="button"
          aria-pressed={only}
          disabled={cards.length === 0 && !only}
          onClick={() => onOnly(!only)}
          className={cn(
            'flex h-9 items-center gap-2 rounded-full px-3 font-medium transition-colors pointer-coarse:h-11',
            only ? 'bg-ink text-page' : 'not-disabled:hover:bg-hover',
            !only && (givenUp ? 'text-bad-ink' : cards.length > 0 ? 'text-warn-ink' : 'text-quiet'),
          )}
        >
          <UserRoundSearch aria-hidden="true" className="size-4" />
          {t('title')}
          <span className="numerals">{cards.length}</span>
        </button>
      </h2>
      {cards.length === 0 ? (
        <p className="truncate text-quiet text-sm">{t('none')}</p>
      ) : (
        <ul className="scroll-quiet flex min-w-0 gap-1.5 overflow-x-auto py-1">
          {cards.slice(0, SHOWN).map((card) => (
            <li key={card.order.id} className="shrink-0">
              <Chip card={card} onOpen={onOpen} onAssign={onAssign} />
            </li>
          ))}
          {cards.length > SHOWN && (
            <li className="numerals shrink-0 self-center px-2 text-quiet text-xs">
              {t('more', { count: cards.length - SHOWN })}
            </li>
          )}
        </ul>
      )}
    </section>
  );
});

type ChipProps = Pick<WaitingStripProps, 'onOpen' | 'onAssign'> & { card: OrderCard };

const Chip = memo(function Chip({ card, onOpen, onAssign }: ChipProps) {
  const t = useTranslations('board.waiting');
  const now = useNow(10);
  const format = useFormat();
  const { order } = card;
  const late = format.late(order.promisedTo, believedAt(card, now));
  const givenUp = driverlessRank(card) === 0;
  return (
    <span
      className={cn(
        'flex h-8 items-center overflow-hidden rounded-full border text-xs',
        givenUp ? 'border-bad bg-bad-soft text-bad-ink' : 'border-line bg-raised',
      )}
    >
      <button
        type="button"
        onClick={() => onOpen(order.id)}
        className="numerals flex h-full items-center gap-1.5 ps-3 pe-2 hover:bg-hover focus-visible:-outline-offset-2"
      >
        <span className="font-medium">#{order.number}</span>
        <span dir="auto" className="max-w-28 truncate max-sm:hidden">
          {order.restaurantName}
        </span>
        <span
          className={cn('flex items-center gap-1', late && 'text-bad-ink')}
          suppressHydrationWarning
        >
          {late && <ClockAlert aria-hidden="true" className="size-3.5" />}
          {late ?? format.age(order.placedAt, now)}
        </span>
      </button>
      <button
        type="button"
        aria-label={t('assign', { number: order.number })}
        onClick={() => onAssign(order.id)}
        className="h-full border-line border-s ps-2 pe-3 font-medium hover:bg-hover focus-visible:-outline-offset-2"
      >
        {t('give')}
      </button>
    </span>
  );
});
