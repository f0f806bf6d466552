'use client';

import { ChevronDown, ChevronUp, GripVertical, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type DragEvent, useState } from 'react';
import { SoldOutSwitch } from '@/components/shared/kitchen/sold-out-switch';
import { useSoldOut } from '@/components/shared/kitchen/use-sold-out';
import { Money } from '@/components/shared/money';
import { useAction } from '@/components/shared/use-action';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { toast } from '@/components/ui/toast';
import type { MenuItem, MenuSection } from '@/domain/menu';
import { trpc } from '@/trpc/client';
import type { Moves } from './use-moves';

type DishRowProps = {
  item: MenuItem;
  section: MenuSection;
  currency: string;
  moves: Moves;
  onEdit: () => void;
  refresh: () => Promise<unknown>;
};

/** A dish that can be dragged by its handle, stepped by its arrows, edited and taken away. */
export function DishRow({ item, section, currency, moves, onEdit, refresh }: DishRowProps) {
  const t = useTranslations('desk.menu');
  const stock = useTranslations('kitchen.stock');
  const [over, setOver] = useState(false);
  const { soldOut, set: setSoldOut } = useSoldOut(item, () => void refresh());
  const remove = useAction(trpc.restaurantDesk.removeDish.useMutation(), {
    onDone: () => {
      toast.success(t('gone', { name: item.name }));
      void refresh();
    },
  });
  const { name } = item;
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const { dragged } = moves;
    if (!dragged || dragged === item.id) return;
    moves.move({ itemId: dragged, sectionId: section.id, before: item.id });
  };
  const extras = item.optionGroups.length;
  return (
    <li
      data-dish={item.id}
      onDragOver={(event) => {
        if (!moves.dragged) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cn(
        'flex items-center gap-2 border-line border-t py-1.5 ps-1 pe-2 first:border-t-0 sm:gap-3',
        over && 'shadow-[inset_0_2px_0_var(--accent)]',
        moves.dragged === item.id && 'opacity-50',
      )}
    >
      <span
        aria-hidden="true"
        title={t('drag')}
        draggable
        onDragStart={(event) => {
          event.dataTransfer.effectAllowed = 'move';
          event.dataTransfer.setData('text/plain', name);
          moves.drag(item.id);
        }}
        onDragEnd={() => moves.drag(null)}
        className="grid h-11 w-7 shrink-0 cursor-grab place-items-center text-faint pointer-coarse:hidden"
      >
        <GripVertical className="size-4" />
      </span>
      <button
        type="button"
        aria-label={t('edit', { name })}
        onClick={onEdit}
        className="flex min-h-11 min-w-0 flex-1 flex-col justify-center rounded-control text-start pointer-coarse:ps-2"
      >
        <span
          dir="auto"
          className={cn(
            'w-full truncate font-medium text-sm',
            soldOut && 'text-faint line-through decoration-1',
          )}
        >
          {name}
        </span>
        <span className="numerals text-quiet text-xs">
          <Money amount={item.price} currency={currency} />
          {item.stock !== null && ` · ${t('left', { count: item.stock })}`}
          {extras > 0 && ` · ${t('choices', { count: extras })}`}
          <span className="sm:hidden">{soldOut && ` · ${stock('soldOut')}`}</span>
        </span>
      </button>
      <SoldOutSwitch name={name} checked={soldOut} onChange={setSoldOut} terse />
      {(['up', 'down'] as const).map((direction) => (
        <Button
          key={direction}
          variant="quiet"
          size="icon-sm"
          data-move={`${item.id}-${direction}`}
          aria-label={t(direction, { name })}
          disabled={!moves.canStep(item.id, direction)}
          onClick={() => moves.step(item.id, direction)}
          className="pointer-coarse:w-8"
        >
          {direction === 'up' ? (
            <ChevronUp aria-hidden="true" />
          ) : (
            <ChevronDown aria-hidden="true" />
          )}
        </Button>
      ))}
      <Button
        variant="quiet"
        size="icon-sm"
        aria-label={t('removeName', { name })}
        loading={remove.pending}
        onClick={() => remove.run({ itemId: item.id, version: item.version })}
        className="pointer-coarse:w-9"
      >
        <Trash2 aria-hidden="true" />
      </Button>
    </li>
  );
}
