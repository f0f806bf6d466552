import { COLUMN_IDS, type ColumnId, columnsOf, isLate, toCallOf } from '@/domain/board-columns';
import {
  countStates,
  DRIVER_STATE_IDS,
  knownDrivers,
  loadsOf,
  onlineByName,
} from '@/domain/board-drivers';
import type { BoardView } from '@/domain/board-view';
import type { OrderCard } from '@/domain/views';

const TITLES: Readonly<Record<ColumnId, string>> = {
  attention: 'ATTENTION',
  new: 'NEW',
  preparing: 'PREPARING',
  ready: 'READY',
  on_the_way: 'ON THE WAY',
  done: 'DONE',
};

const DRIVER_WORDS = {
  free: 'free',
  to_pickup: 'to pickup',
  carrying: 'carrying',
  on_break: 'on a break',
  no_signal: 'no signal',
};

export type TerminalSize = { columns: number; rows: number };
export type BoardState = { view: BoardView; live: boolean; now: Date; size: TerminalSize };

const graphemes = new Intl.Segmenter();

/** Exactly so many characters. Nothing of a name reaches the terminal as a command. */
function cell(text: string, width: number): string {
  const all = [...graphemes.segment(text.replace(/[\p{Cc}\p{Cf}]/gu, ''))];
  if (all.length <= width)
    return all.map(({ segment }) => segment).join('') + ' '.repeat(width - all.length);
  return `${all
    .slice(0, Math.max(0, width - 1))
    .map(({ segment }) => segment)
    .join('')}…`;
}

/** `45s`, `12m`, `3h05`: how long ago, in at most five characters. */
function age(from: string, now: Date): string {
  const seconds = Math.max(0, Math.floor((now.getTime() - Date.parse(from)) / 1_000));
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  return hours < 24
    ? `${hours}h${String(minutes % 60).padStart(2, '0')}`
    : `${Math.floor(hours / 24)}d`;
}

/** A card in two lines: number, age and whether it is late; then who carries it, or where it is from. */
function cardLines({ order, delivery }: OrderCard, late: boolean, now: Date): [string, string] {
  const since = age(order.closedAt ?? order.placedAt, now);
  return [
    `${late ? '!' : ' '}#${order.number} ${since}`,
    `  ${delivery?.driverName ?? order.restaurantName}`,
  ];
}

/** The lines of one column, as many as there is room for; the last one says how many more there are. */
function columnLines(id: ColumnId, cards: readonly OrderCard[], now: Date, room: number): string[] {
  const fit = cards.length * 2 <= room ? cards.length : Math.max(0, Math.floor((room - 1) / 2));
  const shown = cards.slice(0, fit).flatMap((card) => cardLines(card, isLate(card, now), now));
  const more = cards.length - fit;
  return [`${TITLES[id]} ${cards.length}`, ...shown, ...(more > 0 ? [` +${more} more`] : [])];
}

function driversLine({ cards, drivers }: BoardView, now: Date): string {
  const online = onlineByName(drivers);
  const loads = loadsOf(null, cards);
  const known = knownDrivers(null, { drivers: online, loads, positions: new Map(), now });
  const counts = countStates([...known.values()]);
  const states = DRIVER_STATE_IDS.filter((id) => counts[id] > 0).map(
    (id) => `${counts[id]} ${DRIVER_WORDS[id]}`,
  );
  return [`DRIVERS ${online.length} online`, ...states].join(' · ');
}

/** The board as lines of text, none wider than the terminal and no more than it has. */
export function drawBoard({ view, live, now, size }: BoardState): string[] {
  const columns = columnsOf(view.cards, toCallOf(view.mustSees));
  // A space between two columns, and the last place of a line left empty.
  const width = Math.max(4, Math.floor(size.columns / COLUMN_IDS.length) - 1);
  const room = Math.max(3, size.rows - 6);
  const drawn = COLUMN_IDS.map((id) => columnLines(id, columns[id], now, room));
  const height = Math.max(...drawn.map(({ length }) => length));
  const row = (index: number) =>
    drawn
      .map((lines) => cell(lines[index] ?? '', width))
      .join(' ')
      .trimEnd();
  const state = live ? 'live' : 'not connected: this may be old';
  return [
    `Hotfoot · ${now.toTimeString().slice(0, 8)} · ${state}`,
    '',
    ...Array.from({ length: height }, (_, index) => row(index)),
    '',
    driversLine(view, now),
  ].map((line) => cell(line, size.columns - 1).trimEnd());
}
