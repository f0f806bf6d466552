'use client';

import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react';
import type { BoardView } from '@/domain/board-view';
import type { DriverPosition } from '@/domain/driver';
import { isDispatchers } from '@/domain/must-see';
import type { OfferImage } from '@/domain/offer';
import type { Viewer } from '@/domain/roles';
import type { OrderCard } from '@/domain/views';
import type { LiveState, Snapshot } from '@/trpc/live';
import { useBoardPositions, useLiveBoard } from '@/trpc/use-live-board';
import { columnOf, type ToCall } from './columns';
import { loadsOf } from './drivers-by-state';
import { useCalls } from './use-calls';

type BoardContextValue = {
  viewer: Viewer;
  view: BoardView;
  live: LiveState;
  /** The pending offer of each order. */
  offers: ReadonlyMap<string, OfferImage>;
  loads: ReadonlyMap<string, OrderCard[]>;
  /** What a dispatcher should call a kitchen for. */
  toCall: ToCall;
  attention: number;
};

const BoardContext = createContext<BoardContextValue | null>(null);
const PositionsContext = createContext<ReadonlyMap<string, DriverPosition>>(new Map());

export function useBoard(): BoardContextValue {
  const value = useContext(BoardContext);
  if (!value) throw new Error('useBoard needs an AdminShell around it');
  return value;
}

/** Apart from the board, since they change twice a second. */
export const usePositions = () => useContext(PositionsContext);

function PositionsProvider({ children }: { children: ReactNode }) {
  return <PositionsContext value={useBoardPositions(true)}>{children}</PositionsContext>;
}

type AdminShellProps = { viewer: Viewer; initial: Snapshot<BoardView>; children: ReactNode };

/** What goes on on every page of the admin: the live board and the number that needs attention. */
export function AdminShell({ viewer, initial, children }: AdminShellProps) {
  const { view, live } = useLiveBoard(initial, useCalls());
  const offers = useMemo(
    () => new Map(view.offers.map((offer) => [offer.orderId, offer])),
    [view.offers],
  );
  const loads = useMemo(() => loadsOf(view.cards), [view.cards]);
  const toCall = useMemo(
    () =>
      new Map(view.mustSees.filter(isDispatchers).map(({ orderId, event }) => [orderId, event])),
    [view.mustSees],
  );
  const attention = view.cards.filter((card) => columnOf(card, toCall) === 'attention').length;
  useTitleBadge(attention);
  const value = useMemo(
    () => ({ viewer, view, live, offers, loads, toCall, attention }),
    [viewer, view, live, offers, loads, toCall, attention],
  );
  return (
    <BoardContext value={value}>
      <PositionsProvider>{children}</PositionsProvider>
    </BoardContext>
  );
}

const BADGE = /^\(\d+\) /;

function useTitleBadge(count: number): void {
  // The tab's title, which Next writes anew for each page.
  useEffect(() => {
    const write = () => {
      const plain = document.title.replace(BADGE, '');
      const wanted = count > 0 ? `(${count}) ${plain}` : plain;
      if (document.title !== wanted) document.title = wanted;
    };
    write();
    const observer = new MutationObserver(write);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, [count]);
}
