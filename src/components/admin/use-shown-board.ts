'use client';

import { useMemo, useState } from 'react';
import {
  byUrgency,
  type Columns,
  columnsOf,
  isDriverless,
  isLate,
  sameList,
  sharing,
  type ToCall,
} from '@/domain/board-columns';
import { isOpenOrder } from '@/domain/order';
import type { OrderCard } from '@/domain/views';
import { useBoard, useDrivers } from './admin-shell';
import { type BoardFilter, partsOf, passing } from './board-filter';
import { remembering } from './remembering';
import { useCalm } from './use-calm';

/** Drivers are counted and sorted anew this often at the most, milliseconds. */
const DRIVERS_EVERY_MS = 500;

const columnsNow = (
  before: Columns | null,
  cards: readonly OrderCard[],
  toCall: ToCall,
): Columns => {
  const next = columnsOf(cards, toCall);
  return before ? sharing(before, next) : next;
};

const driverlessNow = (before: readonly OrderCard[] | null, cards: readonly OrderCard[]) => {
  const next = byUrgency(cards.filter(isDriverless));
  return before && sameList(before, next) ? before : next;
};

/** The board as the filter shows it, what there is without it, and the figures of both. */
export function useShownBoard(filter: BoardFilter, now: Date) {
  const { view, offers, toCall, directory } = useBoard();
  const online = useCalm(useDrivers(), DRIVERS_EVERY_MS);
  const { cards } = view;
  const [make] = useState(() => ({
    all: remembering(columnsNow),
    shown: remembering(columnsNow),
    driverless: remembering(driverlessNow),
  }));
  const zones = useMemo(
    () =>
      new Map([...directory.restaurants, ...directory.drivers].map((one) => [one.id, one.zoneId])),
    [directory],
  );
  const filtered = partsOf(filter) > 0;
  const found = useMemo(
    () => (filtered ? cards.filter(passing(filter, { now, offers, zones })) : cards),
    [cards, filter, filtered, now, offers, zones],
  );
  const all = useMemo(() => make.all(cards, toCall), [make, cards, toCall]);
  const shown = useMemo(
    () => (filtered ? make.shown(found, toCall) : all),
    [filtered, make, found, toCall, all],
  );
  const driverless = useMemo(() => make.driverless(found), [make, found]);
  const drivers = useMemo(
    () =>
      [...online.values()].filter(
        ({ entry }) => !filter.zone || zones.get(entry.driver.id) === filter.zone,
      ),
    [online, filter.zone, zones],
  );
  const late = useMemo(() => cards.filter((card) => isLate(card, now)).length, [cards, now]);
  const open = useMemo(
    () => cards.filter(({ order }) => isOpenOrder(order.status)).length,
    [cards],
  );
  return {
    all,
    shown,
    shownCount: found.length,
    driverless,
    drivers,
    online: online.size,
    late,
    open,
  };
}
