'use client';

import { Undo2, UtensilsCrossed } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Desk } from '@/components/admin/desk/use-desk';
import { useAction } from '@/components/shared/use-action';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Input } from '@/components/ui/input';
import type { RestaurantDesk } from '@/domain/restaurant-desk';
import { trpc } from '@/trpc/client';
import { newKey } from '@/trpc/idempotency';
import { DishDialog, type EditedDish } from './dish-dialog';
import { SectionBlock } from './section-block';
import { useMoves } from './use-moves';

/** The menu: its sections and dishes in their order, and all that can be changed of them. */
export function MenuPart({ desk }: { desk: Desk }) {
  const t = useTranslations('desk.menu');
  const { restaurant, menu, removed } = desk.desk;
  const moves = useMoves(desk);
  const [edited, setEdited] = useState<(EditedDish & { key: string }) | null>(null);
  const [open, setOpen] = useState(false);
  const edit = (dish: EditedDish) => {
    setEdited({ ...dish, key: newKey() });
    setOpen(true);
  };
  return (
    <div className="mt-6">
      <p aria-live="polite" className="sr-only">
        {moves.said}
      </p>
      {menu.length === 0 && (
        <EmptyState icon={UtensilsCrossed} title={t('none')}>
          {t('noneDetail')}
        </EmptyState>
      )}
      {menu.map((section, at) => (
        <SectionBlock
          key={section.id}
          section={section}
          restaurant={restaurant}
          isFirst={at === 0}
          isLast={at === menu.length - 1}
          moves={moves}
          onEdit={(item) => edit({ section, item })}
          refresh={desk.refresh}
        />
      ))}
      <AddSection restaurantId={restaurant.id} refresh={desk.refresh} />
      {removed.length > 0 && <Removed removed={removed} refresh={desk.refresh} />}
      {edited && (
        <DishDialog
          key={edited.key}
          restaurant={restaurant}
          edited={edited}
          open={open}
          onClose={() => setOpen(false)}
          refresh={desk.refresh}
        />
      )}
    </div>
  );
}

type Refresh = { refresh: () => Promise<unknown> };

function AddSection({ restaurantId, refresh }: Refresh & { restaurantId: string }) {
  const t = useTranslations('desk.menu');
  const [name, setName] = useState('');
  const add = useAction(trpc.restaurantDesk.addSection.useMutation(), {
    onDone: () => {
      setName('');
      void refresh();
    },
  });
  return (
    <form
      className="mt-6 flex max-w-md gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') add.run({ restaurantId, name });
      }}
    >
      <Input
        aria-label={t('newSection')}
        placeholder={t('newSection')}
        value={name}
        maxLength={80}
        onChange={(event) => setName(event.target.value)}
        className="text-sm"
      />
      <Button type="submit" loading={add.pending}>
        {t('addSection')}
      </Button>
    </form>
  );
}

function Removed({ removed, refresh }: Refresh & { removed: RestaurantDesk['removed'] }) {
  const t = useTranslations('desk.menu');
  const restore = useAction(trpc.restaurantDesk.restoreDish.useMutation(), {
    onDone: () => void refresh(),
  });
  return (
    <details className="mt-8 border-line border-t pt-3">
      <summary className="flex min-h-11 cursor-pointer items-center font-medium text-quiet text-sm">
        {t('removed', { count: removed.length })}
      </summary>
      <ul className="divide-y divide-line">
        {removed.map(({ id, name, section }) => (
          <li key={id} className="flex items-center gap-3 py-1.5 text-sm">
            <span className="min-w-0 flex-1 truncate">
              <bdi>{name}</bdi> <span className="text-quiet">· {section}</span>
            </span>
            <Button
              size="sm"
              variant="quiet"
              aria-label={t('restoreName', { name })}
              loading={restore.pending}
              onClick={() => restore.run({ itemId: id })}
            >
              <Undo2 aria-hidden="true" className="rtl:-scale-x-100" />
              {t('restore')}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}
