'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useNow } from '@/components/shared/clock';
import { useMedia, WIDE } from '@/components/shared/use-media';
import { cn } from '@/components/ui/cn';
import { Segmented } from '@/components/ui/segmented';
import { Sheet } from '@/components/ui/sheet';
import { isOpenOrder } from '@/domain/order';
import { useBoard } from './admin-shell';
import { AssignDialog } from './assign-dialog';
import { BoardColumn } from './board-column';
import { BoardMap } from './board-map';
import { BoardToolbar } from './board-toolbar';
import { ColumnChips } from './column-chips';
import { COLUMN_IDS, type ColumnId, columnsOf, isLate, passes } from './columns';
import { HelpDialog } from './help-dialog';
import { OrderDrawer } from './story/order-drawer';
import { useBoardKeys } from './use-board-keys';
import { useSelectedOrder } from './use-selected-order';

const CLOCK_S = 10;

/** The control room: orders by state, the map beside them, and the story of the one that is open. */
export function Board() {
  const t = useTranslations('admin.board');
  const { view, offers, toCall, attention } = useBoard();
  const clock = useNow(CLOCK_S).getTime();
  const now = useMemo(() => new Date(clock), [clock]);
  const wide = useMedia(WIDE);
  const { selected, open, close } = useSelectedOrder();
  const [filter, setFilter] = useState({ text: '', lateOnly: false });
  const [pane, setPane] = useState<'orders' | 'map'>('orders');
  const [doneOpen, setDoneOpen] = useState(false);
  const [help, setHelp] = useState(false);
  const [assigning, setAssigning] = useState<string | null>(null);
  const [focused, setFocused] = useState<string | null>(null);
  const boardRef = useRef<HTMLDivElement>(null);
  const searchRef = useRef<HTMLInputElement>(null);

  const all = useMemo(() => columnsOf(view.cards, toCall), [view.cards, toCall]);
  const [column, setColumn] = useState<ColumnId>(
    () => COLUMN_IDS.find((id) => all[id].length > 0) ?? 'attention',
  );
  const shown = useMemo(() => {
    const found = view.cards.filter((card) =>
      passes(card, filter, offers.get(card.order.id)?.driverName ?? '', now),
    );
    return found.length === view.cards.length ? all : columnsOf(found, toCall);
  }, [view.cards, filter, offers, all, now, toCall]);
  const openCard = view.cards.find(({ order }) => order.id === selected);
  const openOrders = view.cards.filter(({ order }) => isOpenOrder(order.status)).length;
  const late = view.cards.filter((card) => isLate(card, now)).length;

  function leave() {
    if (!selected) return;
    close();
    boardRef.current?.querySelector<HTMLElement>(`[data-order="${selected}"]`)?.focus();
  }
  useBoardKeys({
    board: boardRef,
    search: searchRef,
    onAssign: (orderId) => setAssigning(orderId ?? selected),
    onClose: leave,
    onHelp: () => setHelp(true),
  });
  useKeptFocus(boardRef, focused);

  const map = (
    <BoardMap
      selected={selected}
      onOpen={open}
      onRestaurant={(text) => {
        setFilter({ ...filter, text });
        setPane('orders');
      }}
    />
  );
  return (
    <div
      data-full-window
      className="flex h-[calc(100dvh-7rem)] flex-col sm:h-[calc(100dvh-3.5rem)]"
    >
      <BoardToolbar
        open={openOrders}
        attention={attention}
        late={late}
        filter={filter}
        onFilter={setFilter}
        search={searchRef}
        onHelp={() => setHelp(true)}
      />
      <div className="flex flex-col gap-2 px-4 pb-3 sm:px-6 lg:hidden">
        <Segmented
          label={t('show')}
          value={pane}
          onChange={setPane}
          segments={[
            { value: 'orders', label: t('orders') },
            { value: 'map', label: t('map') },
          ]}
        />
        {pane === 'orders' && <ColumnChips columns={shown} value={column} onChange={setColumn} />}
      </div>
      <div className="flex min-h-0 flex-1 lg:border-line lg:border-t">
        <div
          ref={boardRef}
          className={cn(
            'min-w-0 flex-1 gap-2 overflow-x-auto px-4 pb-4 sm:px-6 lg:grid lg:grid-cols-[repeat(5,minmax(9.25rem,1fr))_auto] lg:grid-rows-[minmax(0,1fr)] lg:py-3 lg:pe-3',
            pane === 'map' ? 'max-lg:hidden' : 'max-lg:flex',
          )}
        >
          {COLUMN_IDS.map((id) => (
            <BoardColumn
              key={id}
              id={id}
              cards={shown[id]}
              total={all[id].length}
              offers={offers}
              toCall={toCall}
              selected={selected}
              focused={focused}
              onOpen={open}
              onFocus={setFocused}
              folded={id === 'done' && wide && !doneOpen}
              onFold={id === 'done' ? () => setDoneOpen(!doneOpen) : undefined}
              className={cn(
                'max-lg:flex-1',
                id === 'done' && doneOpen && 'lg:w-48',
                id !== column && 'max-lg:hidden',
              )}
            />
          ))}
        </div>
        {wide ? (
          <aside
            aria-label={t('aside')}
            className="flex w-[clamp(21rem,28vw,30rem)] shrink-0 flex-col border-line border-s"
          >
            <div className={cn('min-h-0', selected ? 'h-[30%] shrink-0' : 'flex-1')}>{map}</div>
            {selected && (
              <OrderDrawer
                key={selected}
                orderId={selected}
                onClose={leave}
                onAssign={() => setAssigning(selected)}
                className="min-h-0 flex-1 border-line border-t"
              />
            )}
          </aside>
        ) : (
          <>
            {pane === 'map' && <div className="min-w-0 flex-1">{map}</div>}
            <Sheet
              open={selected !== null}
              onOpenChange={(next) => !next && leave()}
              title={openCard ? t('orderNumber', { number: openCard.order.number }) : t('order')}
              side="end"
            >
              {selected && (
                <OrderDrawer
                  key={selected}
                  orderId={selected}
                  onAssign={() => setAssigning(selected)}
                  className="-mx-5"
                />
              )}
            </Sheet>
          </>
        )}
      </div>
      <HelpDialog open={help} onOpenChange={setHelp} />
      <AssignDialog orderId={assigning} onClose={() => setAssigning(null)} />
    </div>
  );
}

/** A focused card that moves to another column keeps the focus. */
function useKeptFocus(board: { current: HTMLElement | null }, focused: string | null): void {
  const had = useRef(false);
  // The browser's focus, which falls to the page when its element goes.
  useEffect(() => {
    const card = focused && board.current?.querySelector<HTMLElement>(`[data-order="${focused}"]`);
    if (card && had.current && document.activeElement === document.body) card.focus();
    had.current = document.activeElement?.closest('[data-order]') != null;
  });
}
