import { byUrgency } from '@/domain/board-columns';
import type { Directory } from '@/domain/directory';
import type { OrderCard } from '@/domain/views';

export type Entry = { id: string; label: string; detail: string; href: string };
export type Group = { kind: 'orders' | 'drivers' | 'restaurants' | 'pages'; entries: Entry[] };

export const PAGES = ['board', 'restaurants', 'drivers', 'dispatch', 'eta'] as const;
export type Page = (typeof PAGES)[number];

/** Of each kind so many at the most: the palette is for who knows what they look for. */
const MOST = 6;

/** How well a name fits what was typed: its beginning, the beginning of a word, anywhere; null: not. */
function closeness(name: string, typed: string): number | null {
  const at = name.toLowerCase().indexOf(typed);
  if (at < 0) return null;
  return at === 0 ? 0 : /\W/.test(name[at - 1] ?? '') ? 1 : 2;
}

function best<T>(list: readonly T[], namesOf: (one: T) => string[], typed: string): T[] {
  return list
    .flatMap((one) => {
      const ranks = namesOf(one).flatMap((name) => closeness(name, typed) ?? []);
      return ranks.length > 0 ? [{ one, rank: Math.min(...ranks) }] : [];
    })
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ one }) => one);
}

type Known = {
  cards: readonly OrderCard[];
  directory: Directory;
  pages: readonly { page: Page; name: string }[];
};

/** Orders, drivers, restaurants and pages that fit what was typed, the best of each; none are left empty. */
export function findEntries(text: string, { cards, directory, pages }: Known): Group[] {
  const typed = text.trim().toLowerCase();
  const urgent = byUrgency(cards);
  const orders = best(
    urgent,
    ({ order, delivery }) => [
      `${order.number}`,
      `#${order.number}`,
      order.customerName,
      order.restaurantName,
      delivery?.driverName ?? '',
    ],
    typed,
  ).map(({ order }) => ({
    id: order.id,
    label: `#${order.number}`,
    detail: `${order.restaurantName} · ${order.customerName}`,
    href: `/admin?order=${order.id}`,
  }));
  const named = (key: 'driver' | 'restaurant', list: readonly { id: string; name: string }[]) =>
    best(list, ({ name }) => [name], typed).map(({ id, name }) => ({
      id,
      label: name,
      detail: '',
      href: `/admin?${key}=${id}`,
    }));
  const found = best(pages, ({ name }) => [name], typed).map(({ page, name }) => ({
    id: page,
    label: name,
    detail: '',
    href: page === 'board' ? '/admin' : `/admin/${page}`,
  }));
  const groups: Group[] = [
    { kind: 'orders', entries: orders },
    { kind: 'drivers', entries: named('driver', directory.drivers) },
    { kind: 'restaurants', entries: named('restaurant', directory.restaurants) },
    { kind: 'pages', entries: found },
  ];
  return groups.filter(({ entries }) => entries.length > 0);
}
