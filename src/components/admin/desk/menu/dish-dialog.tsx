'use client';

import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { PhotoField } from '@/components/admin/desk/photo-field';
import { TextField } from '@/components/admin/desk/text-field';
import { FormError } from '@/components/customer/account/form-error';
import { useAction } from '@/components/shared/use-action';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Dialog } from '@/components/ui/dialog';
import { ALLERGENS, type MenuItem, type MenuSection } from '@/domain/menu';
import type { RestaurantImage } from '@/domain/restaurant';
import { trpc } from '@/trpc/client';
import { BLANK_DISH, type DishField, dishDraftOf, dishFrom, type SentDish } from './dish-draft';
import { GroupFields } from './group-fields';

const NONE: ReadonlySet<DishField> = new Set();

/** A dish of the menu, or a new one in a section. */
export type EditedDish = { section: MenuSection; item: MenuItem | null };

type DishDialogProps = {
  restaurant: RestaurantImage;
  edited: EditedDish;
  open: boolean;
  onClose: () => void;
  refresh: () => Promise<unknown>;
};

/** What a dish is, what it costs, what can be chosen with it. */
export function DishDialog({ restaurant, edited, open, onClose, refresh }: DishDialogProps) {
  const t = useTranslations('desk.dish');
  const allergenWords = useTranslations('restaurant.allergens.of');
  const { section, item } = edited;
  const { currency } = restaurant;
  const form = useId();
  // What was there when it opened: the version that is sent, and the stock that was seen.
  const [begun, setBegun] = useState(item);
  const [draft, setDraft] = useState(() => (item ? dishDraftOf(item, currency) : BLANK_DISH));
  const [wrong, setWrong] = useState(NONE);
  const options = { onDone: () => void refresh().then(onClose), onRefused: () => void refresh() };
  const add = useAction(trpc.restaurantDesk.addDish.useMutation(), options);
  const edit = useAction(trpc.restaurantDesk.editDish.useMutation(), options);
  const refusal = add.refusal ?? edit.refusal;
  const set = (change: Partial<typeof draft>) => {
    setWrong(NONE);
    setDraft((before) => ({ ...before, ...change }));
  };
  const send = ({ dish, stock }: SentDish) => {
    if (!begun) return add.run({ sectionId: section.id, dish, stock });
    const counted = stock === begun.stock ? null : { seen: begun.stock, to: stock };
    edit.run({ itemId: begun.id, version: begun.version, dish, stock: counted });
  };
  const text = (field: 'name' | 'description' | 'price' | 'unit' | 'stock') => ({
    label: t(`field.${field}`),
    value: draft[field],
    error: wrong.has(field) ? t(`wrong.${field}`) : undefined,
    onChange: (typed: string) => set({ [field]: typed }),
  });
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      size="lg"
      title={item ? t('edit', { name: item.name }) : t('add', { section: section.name })}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" form={form} variant="primary" loading={add.pending || edit.pending}>
            {t('save')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const sent = dishFrom(draft, currency);
          if ('wrong' in sent) setWrong(sent.wrong);
          else send(sent);
        }}
        className="flex flex-col gap-5"
      >
        <FormError message={refusal && `${refusal.message} ${refusal.hint ?? ''}`} />
        <div className="grid gap-x-4 gap-y-5 sm:grid-cols-[1fr_8rem]">
          <TextField {...text('name')} maxLength={80} />
          <TextField {...text('price')} aside={currency} numeric />
        </div>
        <TextField {...text('description')} long maxLength={500} />
        <div className="grid gap-x-4 gap-y-5 sm:grid-cols-2">
          <TextField {...text('unit')} hint={t('unitHint')} maxLength={20} />
          <TextField {...text('stock')} hint={t('stockHint')} numeric />
        </div>
        {begun && (
          <PhotoField
            of="dish"
            id={begun.id}
            version={begun.version}
            name={begun.name}
            cuisine={restaurant.kind === 'restaurant' ? restaurant.cuisine : section.name}
            photoId={begun.photoId}
            onDone={(done) => {
              setBegun({ ...begun, ...done });
              void refresh();
            }}
          />
        )}
        <GroupFields
          groups={draft.groups}
          currency={currency}
          error={wrong.has('groups') ? t('wrong.groups') : undefined}
          onChange={(groups) => set({ groups })}
        />
        <fieldset>
          <legend className="font-medium text-sm">{t('field.allergens')}</legend>
          <div className="mt-1 grid grid-cols-2 gap-x-4 sm:grid-cols-3">
            {ALLERGENS.map((allergen) => (
              <Checkbox
                key={allergen}
                label={allergenWords(allergen)}
                checked={draft.allergens.includes(allergen)}
                onChange={(checked) =>
                  set({
                    allergens: checked
                      ? [...draft.allergens, allergen]
                      : draft.allergens.filter((each) => each !== allergen),
                  })
                }
              />
            ))}
          </div>
        </fieldset>
      </form>
    </Dialog>
  );
}
