'use client';

import { useTranslations } from 'next-intl';
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useNow } from '@/components/shared/clock';
import { useMedia, WIDE } from '@/components/shared/use-media';
import { cn } from '@/components/ui/cn';
import { Segmented } from '@/components/ui/segmented';
import { Sheet } from '@/components/ui/sheet';
import { COLUMN_IDS, type ColumnId } from '@/domain/board-columns';
import { seenOn } from '@/domain/hands-on';
import { useBoard } from './admin-shell';
import { AssignDialog } from './assign-dialog';
import { BoardColumn } from './board-column';
import { partsOf } from './board-filter';
import { BoardFilters } from './board-filters';
import { BoardMap } from './board-map';
import { BoardToolbar } from './board-toolbar';
import { ColumnChips } from './column-chips';
import { DriversPanel } from './drivers-panel';
import { useAssign } from './hands-on/use-assign';
import { HelpDialog } from './help-dialog';
import { OrderDrawer } from './story/order-drawer';
import { useBoardAddress } from './use-board-address';
import { useBoardKeys } from './use-board-keys';
import { useShownBoard } from './use-shown-board';
import { WaitingStrip } from './waiting-strip';

const CLOCK_S = 10;
type Pane = 'orders' | 'drivers' | 'map';

const Drawer = memo(OrderDrawer);

/** The control room: orders by state, drivers and map beside them, and the story of the one that is open. */
export function Board() {
  const t = useTranslations('admin.board');
  const more = useTranslations('board');
  const { view, offers, toCall, attention, directory } = useBoard();
  const clock = useNow(CLOCK_S).getTime();
  const now = useMemo(() => new Date(clock), [clock]);
  const wide = useMedia(WIDE);
  const { selected, open, close, filter, change } = useBoardAddress();
  const [pane, setPane] = useState<Pane>('orders');
  const [filtersOpen, setFiltersOpen] = useState(false);
  const [doneOpen, setDoneOpen] = useState(false);
  const [help, setHelp] = useState(false);
  const [assigning, setAssigning] = useState<string | null>(null);
  const [focused, setFocused] = useState<string | null>(null);
  const [dragging, setDragging] = useState<string | null>(null);
  const boardRef = useRef<HTMLDivElement>(null);
  const searchRef = useRef<HTMLInputElement>(null);
  const board = useShownBoard(filter, now);
  const { all, shown } = board;
  const [column, setColumn] = useState<ColumnId>(
    () => COLUMN_IDS.find((id) => all[id].length > 0) ?? 'attention',
  );
  const cardOf = (id: string | null) =>
    id === null ? undefined : view.cards.find(({ order }) => order.id === id);
  const openCard = cardOf(selected);
  const dragged = cardOf(dragging) ?? null;

  const focus = useCallback((orderId: string) => {
    // Only then it stands in the page, however far down its column.
    flushSync(() => setFocused(orderId));
    boardRef.current?.querySelector<HTMLElement>(`[data-order="${orderId}"]`)?.focus();
  }, []);
  const leave = useCallback(() => {
    if (!selected) return;
    close();
    focus(selected);
  }, [selected, close, focus]);
  const assignSelected = useCallback(() => setAssigning(selected), [selected]);
  const closeAssign = () => {
    setAssigning(null);
    // It may have moved to another column meanwhile: its card of before is gone.
    if (assigning && assigning === focused) requestAnimationFrame(() => focus(assigning));
  };
  const fold = useCallback(() => setDoneOpen((before) => !before), []);
  // The page must not change in the very moment in which a drag begins: browsers would end it.
  const drag = useCallback((orderId: string | null) => {
    requestAnimationFrame(() => setDragging(orderId));
  }, []);
  const { give } = useAssign();
  const putOnto = useLatest((driverId: string) => {
    setDragging(null);
    if (dragged) give(dragged, driverId, seenOn(dragged));
  });
  const inView = wide
    ? COLUMN_IDS.filter((id) => id !== 'done' || doneOpen)
    : pane === 'orders'
      ? [column]
      : [];
  useBoardKeys({
    columns: () => inView.map((id) => shown[id].map(({ order }) => order.id)),
    search: searchRef,
    onMove: focus,
    onAssign: (orderId) => setAssigning(orderId ?? selected),
    onClose: leave,
    onHelp: () => setHelp(true),
  });
  useKeptFocus(boardRef, focused);

  const showRestaurant = useCallback(
    (restaurant: string) => {
      change({ restaurant });
      setPane('orders');
    },
    [change],
  );
  const showDriver = useCallback((driver: string | null) => change({ driver }), [change]);
  const onlyDriverless = useCallback(
    (driverlessOnly: boolean) => change({ driverlessOnly }),
    [change],
  );
  const map = (
    <BoardMap
      selected={selected}
      onOpen={open}
      onRestaurant={showRestaurant}
      onDrop={dragging ? putOnto : null}
      legend={!wide}
    />
  );
  const drivers = (
    <DriversPanel
      drivers={board.drivers}
      total={board.online}
      dragged={dragged}
      chosen={filter.driver}
      onChoose={showDriver}
      onDrop={putOnto}
    />
  );
  return (
    <div
      data-full-window
      className="flex h-[calc(100dvh-7rem)] flex-col sm:h-[calc(100dvh-3.5rem)]"
    >
      <BoardToolbar
        figures={{ open: board.open, attention, late: board.late }}
        text={filter.text}
        onText={(text) => change({ text })}
        search={searchRef}
        filtersOpen={filtersOpen}
        parts={partsOf(filter)}
        onFilters={() => setFiltersOpen(!filtersOpen)}
        onHelp={() => setHelp(true)}
      />
      <BoardFilters
        filter={filter}
        directory={directory}
        shown={board.shownCount}
        total={view.cards.length}
        onChange={change}
        className={cn(!filtersOpen && 'max-lg:hidden')}
      />
      <WaitingStrip
        cards={board.driverless}
        only={filter.driverlessOnly}
        onOnly={onlyDriverless}
        onOpen={open}
        onAssign={setAssigning}
      />
      <div className="flex flex-col gap-2 px-4 pb-3 sm:px-6 lg:hidden">
        <Segmented
          label={t('show')}
          value={pane}
          onChange={setPane}
          segments={[
            { value: 'orders', label: t('orders') },
            { value: 'drivers', label: more('drivers.title') },
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
            pane === 'orders' ? 'max-lg:flex' : 'max-lg:hidden',
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
              onDrag={drag}
              folded={id === 'done' && wide && !doneOpen}
              onFold={id === 'done' ? fold : undefined}
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
            <div className={cn('min-h-0 shrink-0', selected ? 'h-[30%]' : 'h-[45%]')}>{map}</div>
            <div
              className={cn(
                'min-h-0 flex-1 border-line border-t',
                selected && !dragged && 'hidden',
              )}
            >
              {drivers}
            </div>
            {selected && (
              <Drawer
                key={selected}
                orderId={selected}
                onClose={leave}
                onAssign={assignSelected}
                className={cn('min-h-0 flex-1 border-line border-t', dragged && 'hidden')}
              />
            )}
          </aside>
        ) : (
          <>
            {pane === 'map' && <div className="min-w-0 flex-1">{map}</div>}
            {pane === 'drivers' && <div className="min-w-0 flex-1">{drivers}</div>}
            <Sheet
              open={selected !== null}
              onOpenChange={(next) => !next && leave()}
              title={openCard ? t('orderNumber', { number: openCard.order.number }) : t('order')}
              side="end"
            >
              {selected && (
                <Drawer
                  key={selected}
                  orderId={selected}
                  onAssign={assignSelected}
                  className="-mx-5"
                />
              )}
            </Sheet>
          </>
        )}
      </div>
      <HelpDialog open={help} onOpenChange={setHelp} />
      <AssignDialog orderId={assigning} onClose={closeAssign} />
    </div>
  );
}

/** A function that stays the same and does what it was last given. */
function useLatest<Args extends unknown[]>(run: (...args: Args) => void): (...args: Args) => void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  return useCallback((...args: Args) => latest.current(...args), []);
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
