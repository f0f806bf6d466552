'use client';

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { useNow } from '@/components/shared/clock';
import { columnOf, type ToCall, toCallOf } from '@/domain/board-columns';
import { type KnownDriver, knownDrivers, loadsOf, onlineByName } from '@/domain/board-drivers';
import type { BoardView } from '@/domain/board-view';
import type { Directory } from '@/domain/directory';
import type { OfferImage } from '@/domain/offer';
import type { Viewer } from '@/domain/roles';
import type { LiveState, Snapshot } from '@/trpc/live';
import { useBoardPositions, useLiveBoard } from '@/trpc/use-live-board';
import { remembering } from './remembering';
import { useAttentionSound } from './use-attention-sound';
import { useCalls } from './use-calls';
import { useDirectory } from './use-directory';

type BoardContextValue = {
  viewer: Viewer;
  view: BoardView;
  live: LiveState;
  /** The pending offer of each order. */
  offers: ReadonlyMap<string, OfferImage>;
  directory: Directory;
  /** What a dispatcher should call a kitchen for. */
  toCall: ToCall;
  /** How many need a person. */
  attention: number;
};

const BoardContext = createContext<BoardContextValue | null>(null);
const DriversContext = createContext<ReadonlyMap<string, KnownDriver>>(new Map());

export function useBoard(): BoardContextValue {
  const value = useContext(BoardContext);
  if (!value) throw new Error('useBoard needs an AdminShell around it');
  return value;
}

/** Everybody online by id, in the order of their names; apart from the board, since they move all the time. */
export const useDrivers = () => useContext(DriversContext);

function DriversProvider({ view, children }: { view: BoardView; children: ReactNode }) {
  const positions = useBoardPositions(true);
  const now = useNow(5);
  const [{ loadsNow, driversNow }] = useState(() => ({
    loadsNow: remembering(loadsOf),
    driversNow: remembering(knownDrivers),
  }));
  const drivers = useMemo(() => onlineByName(view.drivers), [view.drivers]);
  const loads = useMemo(() => loadsNow(view.cards), [loadsNow, view.cards]);
  const known = useMemo(
    () => driversNow({ drivers, loads, positions, now }),
    [driversNow, drivers, loads, positions, now],
  );
  return <DriversContext value={known}>{children}</DriversContext>;
}

type AdminShellProps = {
  viewer: Viewer;
  initial: Snapshot<BoardView>;
  directory: Directory;
  children: ReactNode;
};

/** What goes on on every page of the admin: the live board and what needs a person. */
export function AdminShell({ viewer, initial, directory: known, children }: AdminShellProps) {
  const { view, live } = useLiveBoard(initial, useCalls());
  const directory = useDirectory(known);
  const offers = useMemo(
    () => new Map(view.offers.map((offer) => [offer.orderId, offer])),
    [view.offers],
  );
  const toCall = useMemo(() => toCallOf(view.mustSees), [view.mustSees]);
  const needing = useMemo(
    () =>
      view.cards.flatMap((card) => (columnOf(card, toCall) === 'attention' ? [card.order.id] : [])),
    [view.cards, toCall],
  );
  const attention = needing.length;
  useTitleBadge(attention);
  useAttentionSound(needing);
  const value = useMemo(
    () => ({ viewer, view, live, offers, directory, toCall, attention }),
    [viewer, view, live, offers, directory, toCall, attention],
  );
  return (
    <BoardContext value={value}>
      <DriversProvider view={view}>{children}</DriversProvider>
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
