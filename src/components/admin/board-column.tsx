'use client';

import { PanelRightClose } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { memo } from 'react';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { INK_TONE } from '@/components/ui/tone';
import type { ColumnId, ToCall } from '@/domain/board-columns';
import type { OfferImage } from '@/domain/offer';
import type { OrderCard as Card } from '@/domain/views';
import { COLUMNS } from './columns';
import { OrderCard } from './order-card';
import { VirtualList } from './virtual-list';

type BoardColumnProps = {
  id: ColumnId;
  cards: readonly Card[];
  /** How many there are without the filter. */
  total: number;
  offers: ReadonlyMap<string, OfferImage>;
  toCall: ToCall;
  selected: string | null;
  /** The card that had the focus last. */
  focused: string | null;
  onOpen: (orderId: string) => void;
  onFocus: (orderId: string) => void;
  onDrag: (orderId: string | null) => void;
  /** Only its name and number, upright. */
  folded: boolean;
  onFold: (() => void) | undefined;
  className?: string;
};

const idOf = ({ order }: Card): string => order.id;
/** A card whose words take one line, pixels. */
const CARD_PX = 104;

export const BoardColumn = memo(function BoardColumn(props: BoardColumnProps) {
  const {
    id,
    cards,
    total,
    offers,
    toCall,
    selected,
    focused,
    onOpen,
    onFocus,
    onDrag,
    className,
    folded,
    onFold,
  } = props;
  const { tone, icon: Icon } = COLUMNS[id];
  const t = useTranslations('admin');
  const title = t(`column.${id}.title`);
  if (folded) {
    return (
      <section aria-labelledby={`column-${id}`} className={cn('rounded-card bg-sunken', className)}>
        <button
          type="button"
          aria-expanded="false"
          onClick={onFold}
          className="flex h-full w-11 flex-col items-center gap-3 rounded-card pt-3 transition-colors hover:bg-hover"
        >
          <span className="numerals text-quiet text-sm">{total}</span>
          <span className="flex items-center gap-2 [writing-mode:vertical-rl]">
            <Icon aria-hidden="true" className={cn('size-4', INK_TONE[tone])} />
            <h2 id={`column-${id}`} className="text-sm tracking-normal">
              {title}
            </h2>
          </span>
        </button>
      </section>
    );
  }
  const tabStop = (cards.find(({ order }) => order.id === focused) ?? cards[0])?.order.id ?? null;
  const alarming = id === 'attention' && total > 0;
  return (
    <section
      aria-labelledby={`column-${id}`}
      data-column={id}
      className={cn(
        'flex min-h-0 min-w-0 flex-col rounded-card',
        alarming ? 'bg-bad-soft' : 'bg-sunken',
        className,
      )}
    >
      <header className="flex shrink-0 items-center gap-2 px-3.5 pt-3 pb-2">
        <Icon
          aria-hidden="true"
          className={cn('size-4 shrink-0', total > 0 ? INK_TONE[tone] : 'text-faint')}
        />
        <h2 id={`column-${id}`} className="min-w-0 truncate text-sm tracking-normal">
          {title}
        </h2>
        <span className="numerals ms-auto text-quiet text-sm">
          {cards.length === total ? total : t('board.shownOf', { shown: cards.length, total })}
        </span>
        {onFold && (
          <Button
            variant="quiet"
            size="icon-sm"
            aria-label={t('board.fold', { name: title })}
            onClick={onFold}
            className="-my-2 -me-2 max-lg:hidden"
          >
            <PanelRightClose aria-hidden="true" className="rtl:-scale-x-100" />
          </Button>
        )}
      </header>
      {cards.length === 0 ? (
        <p className="px-3.5 pt-1 pb-5 text-faint text-xs">
          {total > 0 ? t('board.noneMatch') : t(`column.${id}.empty`)}
        </p>
      ) : (
        <VirtualList
          items={cards}
          keyOf={idOf}
          estimate={CARD_PX}
          gap={8}
          kept={tabStop}
          className="flex-1 px-2 pt-0.5 pb-2"
          render={(card) => (
            <OrderCard
              card={card}
              offer={offers.get(card.order.id) ?? null}
              unseen={toCall.get(card.order.id) ?? null}
              selected={card.order.id === selected}
              tabStop={card.order.id === tabStop}
              onOpen={onOpen}
              onFocus={onFocus}
              onDrag={onDrag}
            />
          )}
        />
      )}
    </section>
  );
});
