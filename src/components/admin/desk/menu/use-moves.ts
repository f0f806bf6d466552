'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import type { Desk } from '@/components/admin/desk/use-desk';
import { toastRefusal, useAction } from '@/components/shared/use-action';
import type { MenuSection } from '@/domain/menu';
import { type DishMove, stepOf, withDishMoved } from '@/domain/menu-order';
import { trpc } from '@/trpc/client';

export type Direction = 'up' | 'down';
export type Moves = ReturnType<typeof useMoves>;

/** Dishes and sections change places: at once on the screen, and back if the server says no. */
export function useMoves({ desk, refresh, show }: Desk) {
  const t = useTranslations('desk.menu');
  const { menu } = desk;
  const [said, setSaid] = useState('');
  const [dragged, setDragged] = useState<string | null>(null);
  const settle = {
    onDone: () => void refresh(),
    onRefused: (refusal: Parameters<typeof toastRefusal>[0]) => {
      toastRefusal(refusal);
      void refresh();
    },
  };
  const dish = useAction(trpc.restaurantDesk.moveDish.useMutation(), settle);
  const section = useAction(trpc.restaurantDesk.moveSection.useMutation(), settle);

  // A button that is moved in the page loses the focus: the keyboard goes on where it was.
  const pressed = useRef<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new order is what moves buttons
  useEffect(() => {
    const name = pressed.current;
    if (!name || document.activeElement !== document.body) return;
    document.querySelector<HTMLElement>(`[data-move="${name}"]`)?.focus();
  }, [menu]);

  function move(wanted: DishMove) {
    if (dish.pending) return;
    const moved = withDishMoved(menu, wanted);
    show((before) => ({ ...before, menu: withDishMoved(before.menu, wanted) }));
    dish.run(wanted);
    const target = moved.find(({ id }) => id === wanted.sectionId);
    const at = target?.items.findIndex(({ id }) => id === wanted.itemId) ?? -1;
    const item = target?.items[at];
    if (target && item) {
      setSaid(
        t('moved', {
          ...{ name: item.name, section: target.name },
          ...{ place: String(at + 1), count: String(target.items.length) },
        }),
      );
    }
  }

  return {
    /** Where it went, for those who don't see it. */
    said,
    dragged,
    drag: setDragged,
    move,
    step(itemId: string, direction: Direction) {
      pressed.current = `${itemId}-${direction}`;
      const wanted = stepOf(menu, itemId, direction);
      if (wanted) move(wanted);
    },
    canStep: (itemId: string, direction: Direction) => stepOf(menu, itemId, direction) !== null,
    stepSection(moved: MenuSection, direction: Direction) {
      if (section.pending) return;
      pressed.current = `${moved.id}-${direction}`;
      const at = menu.findIndex(({ id }) => id === moved.id);
      const before = direction === 'up' ? menu[at - 1]?.id : (menu[at + 2]?.id ?? null);
      if (before === undefined) return;
      const others = menu.filter(({ id }) => id !== moved.id);
      const next = direction === 'up' ? at - 1 : at + 1;
      show((old) => ({ ...old, menu: others.toSpliced(next, 0, moved) }));
      section.run({ sectionId: moved.id, before });
      const place = String(next + 1);
      setSaid(t('sectionMoved', { name: moved.name, place, count: String(menu.length) }));
    },
  };
}
