type Named = { id: string };
type Section<Item> = Named & { items: Item[] };

/** `ids` with `moved` before the one that is named, or last; null where that one is not there. */
export function placed(
  ids: readonly string[],
  moved: string,
  before: string | null,
): string[] | null {
  const others = ids.filter((id) => id !== moved);
  const at = before === null ? others.length : others.indexOf(before);
  return at < 0 ? null : others.toSpliced(at, 0, moved);
}

/** Where a dish goes: before another one of that section, or last in it. */
export type DishMove = { itemId: string; sectionId: string; before: string | null };

/** The menu as it is after a move. */
export function withDishMoved<Item extends Named, S extends Section<Item>>(
  menu: readonly S[],
  { itemId, sectionId, before }: DishMove,
): S[] {
  const item = menu.flatMap(({ items }) => items).find(({ id }) => id === itemId);
  if (!item) return [...menu];
  return menu.map((section) => {
    const items = section.items.filter(({ id }) => id !== itemId);
    if (section.id !== sectionId) return { ...section, items };
    const at = before === null ? -1 : items.findIndex(({ id }) => id === before);
    return { ...section, items: items.toSpliced(at < 0 ? items.length : at, 0, item) };
  });
}

/** One step up or down, from the end of a section into the next; null at the end of the menu. */
export function stepOf<Item extends Named>(
  menu: readonly Section<Item>[],
  itemId: string,
  direction: 'up' | 'down',
): DishMove | null {
  const at = menu.findIndex(({ items }) => items.some(({ id }) => id === itemId));
  const section = menu[at];
  if (!section) return null;
  const index = section.items.findIndex(({ id }) => id === itemId);
  if (direction === 'up') {
    const above = section.items[index - 1];
    if (above) return { itemId, sectionId: section.id, before: above.id };
    const previous = menu[at - 1];
    return previous ? { itemId, sectionId: previous.id, before: null } : null;
  }
  if (index < section.items.length - 1) {
    return { itemId, sectionId: section.id, before: section.items[index + 2]?.id ?? null };
  }
  const next = menu[at + 1];
  return next ? { itemId, sectionId: next.id, before: next.items[0]?.id ?? null } : null;
}
