'use client';

import { useTranslations } from 'next-intl';
import { type DragEvent, type KeyboardEvent, memo, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useNow } from '@/components/shared/clock';
import { cn } from '@/components/ui/cn';
import { INK_TONE } from '@/components/ui/tone';
import {
  countStates,
  DRIVER_STATE_IDS,
  type DriverState,
  isFull,
  type KnownDriver,
} from '@/domain/board-drivers';
import type { OrderCard } from '@/domain/views';
import { DRIVER_STATES } from './driver-states';
import { seenWords } from './driver-words';
import { suggest } from './suggestions';
import { useAdminWords } from './use-admin-words';
import { VirtualList } from './virtual-list';

/** A row of two lines, pixels. */
const ROW_PX = 52;
const idOf = ({ entry }: KnownDriver): string => entry.driver.id;

type DriversPanelProps = {
  drivers: readonly KnownDriver[];
  /** How many there are without the filter. */
  total: number;
  /** The order that is held over the board: it can be put onto a driver, the best ones on top. */
  dragged: OrderCard | null;
  /** Whose orders alone are shown. */
  chosen: string | null;
  onChoose: (driverId: string | null) => void;
  onDrop: (driverId: string) => void;
};

/** Everybody online by what they do, with the age of what is known of their place. */
export const DriversPanel = memo(function DriversPanel(props: DriversPanelProps) {
  const { drivers, total, dragged, chosen, onChoose, onDrop } = props;
  const t = useTranslations('board.drivers');
  const [state, setState] = useState<DriverState | null>(null);
  const [focused, setFocused] = useState<string | null>(null);
  const panel = useRef<HTMLElement>(null);
  const counts = useMemo(() => countStates(drivers), [drivers]);
  const shown = useMemo(() => {
    if (dragged) {
      const holder = dragged.delivery?.driverId ?? null;
      return suggest(dragged.order.pickup, drivers, holder).map(({ known }) => known);
    }
    return DRIVER_STATE_IDS.filter((id) => state === null || state === id).flatMap((id) =>
      drivers.filter((known) => known.state === id),
    );
  }, [drivers, dragged, state]);
  const tabStop = focused && shown.some((known) => idOf(known) === focused) ? focused : null;
  const first = shown[0];
  const stop = tabStop ?? (first ? idOf(first) : null);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const onRow = event.target instanceof Element && event.target.closest('[data-driver]');
    if (!step || !onRow) return;
    const at = shown.findIndex((known) => idOf(known) === onRow.getAttribute('data-driver'));
    const next = shown[at + step];
    event.preventDefault();
    if (!next) return;
    flushSync(() => setFocused(idOf(next)));
    panel.current?.querySelector<HTMLElement>(`[data-driver="${idOf(next)}"]`)?.focus();
  };

  return (
    <section
      ref={panel}
      aria-labelledby="drivers-title"
      onKeyDown={onKeyDown}
      className="flex size-full min-h-0 flex-col"
    >
      <header className="flex shrink-0 items-baseline gap-2 px-4 pt-3 pb-1">
        <h2 id="drivers-title" className="text-sm tracking-normal">
          {t('title')}
        </h2>
        <span className="numerals ms-auto text-quiet text-sm">
          {drivers.length === total ? total : t('shownOf', { shown: drivers.length, total })}
        </span>
      </header>
      {dragged ? (
        <p aria-live="polite" className="px-4 pb-2 text-quiet text-xs">
          {t('dropHere', { number: dragged.order.number })}
        </p>
      ) : (
        <StateChips counts={counts} value={state} onChange={setState} />
      )}
      {shown.length === 0 ? (
        <p className="px-4 py-2 text-quiet text-sm">{t(total > 0 ? 'noneMatch' : 'none')}</p>
      ) : (
        <VirtualList
          label={t('title')}
          items={shown}
          keyOf={idOf}
          estimate={ROW_PX}
          gap={0}
          kept={stop}
          className="flex-1 pb-2"
          render={(known) => (
            <Row
              known={known}
              chosen={idOf(known) === chosen}
              tabStop={idOf(known) === stop}
              takes={dragged !== null && !isFull(known)}
              refuses={dragged !== null && isFull(known)}
              onChoose={onChoose}
              onFocus={setFocused}
              onDrop={onDrop}
            />
          )}
        />
      )}
    </section>
  );
});

type StateChipsProps = {
  counts: Readonly<Record<DriverState, number>>;
  value: DriverState | null;
  onChange: (state: DriverState | null) => void;
};

function StateChips({ counts, value, onChange }: StateChipsProps) {
  const { t } = useAdminWords();
  return (
    <fieldset className="flex min-w-0 shrink-0 flex-wrap gap-1 px-3 pb-2">
      <legend className="sr-only">{t('drivers.state')}</legend>
      {DRIVER_STATE_IDS.map((id) => {
        const { icon: Icon, tone } = DRIVER_STATES[id];
        const pressed = value === id;
        return (
          <button
            key={id}
            type="button"
            aria-pressed={pressed}
            onClick={() => onChange(pressed ? null : id)}
            className={cn(
              'flex h-7 items-center gap-1.5 rounded-full px-2.5 text-xs transition-colors pointer-coarse:h-11',
              pressed ? 'bg-ink text-page' : 'bg-sunken hover:bg-hover',
            )}
          >
            <Icon aria-hidden="true" className={cn('size-3.5', !pressed && INK_TONE[tone])} />
            {t(`driverState.${id}`)}
            <span className="numerals font-medium">{counts[id]}</span>
          </button>
        );
      })}
    </fieldset>
  );
}

type RowProps = {
  known: KnownDriver;
  chosen: boolean;
  tabStop: boolean;
  takes: boolean;
  refuses: boolean;
  onChoose: (driverId: string | null) => void;
  onFocus: (driverId: string) => void;
  onDrop: (driverId: string) => void;
};

const Row = memo(function Row(props: RowProps) {
  const { known, chosen, tabStop, takes, refuses, onChoose, onFocus, onDrop } = props;
  const { entry, load, state } = known;
  const { t } = useAdminWords();
  const [over, setOver] = useState(false);
  const { tone, icon: Icon } = DRIVER_STATES[state];
  const { id, name, capacity } = entry.driver;
  const [first] = load;
  const onDragOver = (event: DragEvent) => {
    if (!takes) return;
    event.preventDefault();
    setOver(true);
  };
  return (
    <button
      type="button"
      data-driver={id}
      aria-pressed={chosen}
      tabIndex={tabStop ? 0 : -1}
      onClick={() => onChoose(chosen ? null : id)}
      onFocus={() => onFocus(id)}
      onDragOver={onDragOver}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onDrop(id);
      }}
      className={cn(
        'flex h-13 w-full items-center gap-3 px-4 text-start transition-colors hover:bg-hover focus-visible:-outline-offset-2',
        chosen && 'bg-accent-soft',
        over && takes && 'bg-good-soft ring-2 ring-good ring-inset',
        refuses && 'opacity-45',
      )}
    >
      <Icon aria-hidden="true" className={cn('size-4 shrink-0', INK_TONE[tone])} />
      <span className="min-w-0 flex-1">
        <span dir="auto" className="block truncate font-medium text-sm">
          {name}
        </span>
        <span className="numerals block truncate text-quiet text-xs">
          {t(`driverState.${state}`)}
          {first && ` · #${first.order.number}`}
          {load.length > 1 && ` +${load.length - 1}`}
        </span>
      </span>
      <span className="numerals shrink-0 text-end text-xs">
        <Seen known={known} />
        <span className="block text-faint">
          {t('drivers.loadOf', { load: load.length, capacity })}
        </span>
      </span>
    </button>
  );
});

function Seen({ known: { position, state } }: { known: KnownDriver }) {
  const words = useAdminWords();
  const now = useNow(5);
  return (
    <span
      className={cn('block', state === 'no_signal' ? 'text-warn-ink' : 'text-quiet')}
      suppressHydrationWarning
    >
      {seenWords(position, now, words)}
    </span>
  );
}
