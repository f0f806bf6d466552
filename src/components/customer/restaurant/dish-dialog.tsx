'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { type CartEntry, entryFor } from '@/components/customer/cart/cart';
import { Cover } from '@/components/shared/cover';
import { useFormat } from '@/components/shared/use-format';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/input';
import { Stepper } from '@/components/ui/stepper';
import type { MenuItem, MenuOptionGroup } from '@/domain/menu';
import type { RestaurantImage } from '@/domain/restaurant';
import { Allergens } from './allergens';
import { ItemPrice } from './item-price';
import { OptionGroup } from './option-group';
import { roomFor } from './stock';

export type DishDialogProps = {
  item: MenuItem;
  /** What the picture is drawn from. */
  cuisine: string;
  restaurant: RestaurantImage;
  inCart: number;
  onClose: () => void;
  onAdd: (entry: CartEntry) => void;
};

const chosenIn = (group: MenuOptionGroup, optionIds: readonly string[]): number =>
  group.options.filter(({ id }) => optionIds.includes(id)).length;

/** The first free option of each group in which exactly one has to be taken. */
const startingOptions = (item: MenuItem): string[] =>
  item.optionGroups.flatMap(({ min, max, options }) => {
    const first = options.find(({ soldOut }) => !soldOut);
    return min === 1 && max === 1 && first ? [first.id] : [];
  });

export default function DishDialog(props: DishDialogProps) {
  const { item, cuisine, restaurant, inCart, onClose, onAdd } = props;
  const t = useTranslations('restaurant');
  const { money } = useFormat();
  const [chosen, setOptionIds] = useState(() => startingOptions(item));
  const [wanted, setQuantity] = useState(1);
  const [note, setNote] = useState('');
  const [asked, setAsked] = useState(false);
  // An option may sell out while it is chosen here, and the shelf may empty.
  const soldOutIds = new Set(
    item.optionGroups.flatMap(({ options }) =>
      options.filter(({ soldOut }) => soldOut).map(({ id }) => id),
    ),
  );
  const optionIds = chosen.filter((id) => !soldOutIds.has(id));
  const room = roomFor(item, inCart);
  const quantity = Math.max(1, Math.min(wanted, room));
  const missing = item.optionGroups.filter((group) => chosenIn(group, optionIds) < group.min);
  const entry = entryFor(item, { quantity, optionIds, note: note.trim() });
  const full = room === 0 && !item.soldOut;

  function submit() {
    const first = missing[0];
    if (!first) return onAdd(entry);
    setAsked(true);
    document.getElementById(`group-${first.id}`)?.scrollIntoView({ block: 'center' });
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={item.name}
      description={item.description}
      lead={
        <Cover
          name={item.name}
          cuisine={cuisine}
          seed={item.id}
          photoId={item.photoId}
          className="h-36 w-full shrink-0 object-cover"
        />
      }
      footer={
        <div className="flex w-full items-center gap-3">
          <Stepper
            label={item.name}
            value={quantity}
            max={Math.max(1, room)}
            onChange={setQuantity}
            className="h-12 shrink-0"
          />
          <Button
            variant="primary"
            size="lg"
            className="flex-1"
            disabled={item.soldOut || full}
            onClick={submit}
          >
            {item.soldOut
              ? t('item.soldOut')
              : full
                ? t('dialog.allInCart')
                : t.rich('dialog.add', {
                    price: () => (
                      <span className="numerals">
                        {money(entry.unitPrice * quantity, restaurant.currency)}
                      </span>
                    ),
                  })}
          </Button>
        </div>
      }
    >
      <div className="flex flex-col gap-5">
        <ItemPrice item={item} currency={restaurant.currency} />
        {item.optionGroups.map((group) => (
          <OptionGroup
            key={group.id}
            group={group}
            currency={restaurant.currency}
            chosen={optionIds}
            missing={asked && missing.includes(group)}
            onChange={setOptionIds}
          />
        ))}
        <Allergens allergens={item.allergens} />
        <Field
          label={t(restaurant.kind === 'restaurant' ? 'dialog.note' : 'dialog.shopNote')}
          aside={t('dialog.optional')}
        >
          {(control) => (
            <Textarea
              {...control}
              rows={2}
              maxLength={200}
              value={note}
              onChange={(event) => setNote(event.target.value)}
              placeholder={t(
                restaurant.kind === 'restaurant'
                  ? 'dialog.notePlaceholder'
                  : 'dialog.shopNotePlaceholder',
              )}
            />
          )}
        </Field>
      </div>
    </Dialog>
  );
}
