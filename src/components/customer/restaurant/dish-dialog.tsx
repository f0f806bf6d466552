'use client';

import { useState } from 'react';
import { type CartEntry, entryFor } from '@/components/customer/cart/cart';
import { Cover } from '@/components/shared/cover';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/input';
import { Stepper } from '@/components/ui/stepper';
import type { MenuItem, MenuOptionGroup } from '@/domain/menu';
import { formatMoney } from '@/domain/money';
import type { RestaurantImage } from '@/domain/restaurant';
import { OptionGroup } from './option-group';

type DishDialogProps = {
  item: MenuItem;
  restaurant: RestaurantImage;
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

export function DishDialog({ item, restaurant, onClose, onAdd }: DishDialogProps) {
  const [optionIds, setOptionIds] = useState(() => startingOptions(item));
  const [quantity, setQuantity] = useState(1);
  const [note, setNote] = useState('');
  const [asked, setAsked] = useState(false);
  const missing = item.optionGroups.filter((group) => chosenIn(group, optionIds) < group.min);
  const entry = entryFor(item, { quantity, optionIds, note: note.trim() });

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
          cuisine={restaurant.cuisine}
          seed={item.id}
          className="h-36 w-full shrink-0 object-cover"
        />
      }
      footer={
        <div className="flex w-full items-center gap-3">
          <Stepper
            label={item.name}
            value={quantity}
            onChange={setQuantity}
            className="h-12 shrink-0"
          />
          <Button
            variant="primary"
            size="lg"
            className="flex-1"
            disabled={item.soldOut}
            onClick={submit}
          >
            {item.soldOut ? (
              'Sold out'
            ) : (
              <>
                Add
                <span className="numerals">
                  {formatMoney(entry.unitPrice * quantity, restaurant.currency)}
                </span>
              </>
            )}
          </Button>
        </div>
      }
    >
      <div className="flex flex-col gap-5">
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
        <Field label="Note for the kitchen" aside="optional">
          {(control) => (
            <Textarea
              {...control}
              rows={2}
              maxLength={200}
              value={note}
              onChange={(event) => setNote(event.target.value)}
              placeholder="No onions, please"
            />
          )}
        </Field>
      </div>
    </Dialog>
  );
}
