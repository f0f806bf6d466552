'use client';

import { ChevronDown, ChevronUp, Pencil, Plus, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useAction } from '@/components/shared/use-action';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Input } from '@/components/ui/input';
import type { MenuItem, MenuSection } from '@/domain/menu';
import type { RestaurantImage } from '@/domain/restaurant';
import { trpc } from '@/trpc/client';
import { DishRow } from './dish-row';
import type { Moves } from './use-moves';

type SectionBlockProps = {
  section: MenuSection;
  restaurant: RestaurantImage;
  isFirst: boolean;
  isLast: boolean;
  moves: Moves;
  onEdit: (item: MenuItem | null) => void;
  refresh: () => Promise<unknown>;
};

/** A section with its dishes; what is dropped on it comes last in it. */
export function SectionBlock(props: SectionBlockProps) {
  const { section, restaurant, moves, onEdit, refresh } = props;
  const t = useTranslations('desk.menu');
  const [over, setOver] = useState(false);
  return (
    <section
      aria-labelledby={`section-${section.id}`}
      className="mt-6 overflow-hidden rounded-card border border-line bg-raised first-of-type:mt-0"
    >
      <SectionHead {...props} />
      <ul>
        {section.items.map((item) => (
          <DishRow
            key={item.id}
            item={item}
            section={section}
            currency={restaurant.currency}
            moves={moves}
            onEdit={() => onEdit(item)}
            refresh={refresh}
          />
        ))}
        <li
          onDragOver={(event) => {
            if (!moves.dragged) return;
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault();
            setOver(false);
            if (!moves.dragged) return;
            moves.move({ itemId: moves.dragged, sectionId: section.id, before: null });
          }}
          className={cn(
            'border-line border-t px-2 py-1',
            over && 'shadow-[inset_0_2px_0_var(--accent)]',
          )}
        >
          <Button
            variant="quiet"
            size="sm"
            aria-label={t('addDishTo', { section: section.name })}
            onClick={() => onEdit(null)}
          >
            <Plus aria-hidden="true" />
            {t('addDish')}
          </Button>
        </li>
      </ul>
    </section>
  );
}

function SectionHead({ section, isFirst, isLast, moves, refresh }: SectionBlockProps) {
  const t = useTranslations('desk.menu');
  const [name, setName] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const settle = { onRefused: () => void refresh() };
  const rename = useAction(trpc.restaurantDesk.renameSection.useMutation(), {
    ...settle,
    onDone: () => void refresh().then(() => setName(null)),
  });
  const remove = useAction(trpc.restaurantDesk.removeSection.useMutation(), {
    ...settle,
    onDone: () => {
      setAsking(false);
      void refresh();
    },
  });
  const seen = { sectionId: section.id, version: section.version };
  const said = rename.refusal ?? remove.refusal;
  return (
    <div className="bg-sunken px-4 py-1.5">
      <div className="flex items-center gap-1">
        {name === null ? (
          <h2 id={`section-${section.id}`} className="min-w-0 flex-1 truncate text-base">
            <bdi>{section.name}</bdi>
          </h2>
        ) : (
          <form
            className="flex flex-1 gap-2"
            onSubmit={(event) => {
              event.preventDefault();
              if (name.trim() !== '') rename.run({ ...seen, name });
            }}
          >
            <Input
              id={`section-${section.id}`}
              aria-label={t('sectionName')}
              value={name}
              maxLength={80}
              onChange={(event) => setName(event.target.value)}
              className="text-sm"
            />
            <Button type="submit" size="sm" className="h-11" loading={rename.pending}>
              {t('rename')}
            </Button>
          </form>
        )}
        <Button
          variant="quiet"
          size="icon-sm"
          aria-label={t('renameSection', { name: section.name })}
          aria-pressed={name !== null}
          onClick={() => setName(name === null ? section.name : null)}
        >
          <Pencil aria-hidden="true" />
        </Button>
        <Button
          variant="quiet"
          size="icon-sm"
          data-move={`${section.id}-up`}
          aria-label={t('up', { name: section.name })}
          disabled={isFirst}
          onClick={() => moves.stepSection(section, 'up')}
        >
          <ChevronUp aria-hidden="true" />
        </Button>
        <Button
          variant="quiet"
          size="icon-sm"
          data-move={`${section.id}-down`}
          aria-label={t('down', { name: section.name })}
          disabled={isLast}
          onClick={() => moves.stepSection(section, 'down')}
        >
          <ChevronDown aria-hidden="true" />
        </Button>
        <Button
          variant="quiet"
          size="icon-sm"
          aria-label={t('removeName', { name: section.name })}
          onClick={() => setAsking(true)}
        >
          <Trash2 aria-hidden="true" />
        </Button>
      </div>
      {said && (
        <p role="alert" className="pb-1 text-bad-ink text-sm">
          {said.message} {said.hint}
        </p>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('removeSectionTitle', { name: section.name })}
        description={t('removeSectionDetail', { count: section.items.length })}
        confirmLabel={t('remove')}
        danger
        loading={remove.pending}
        onConfirm={() => remove.run(seen)}
      />
    </div>
  );
}
