'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useAction } from '@/components/shared/use-action';
import { Switch } from '@/components/ui/switch';
import { toast } from '@/components/ui/toast';
import { Slug } from '@/domain/slug';
import { trpc } from '@/trpc/client';
import { type DetailsDraft, type DetailsField, detailsFrom, draftOf } from './details-draft';
import { PhotoField } from './photo-field';
import { PlaceFields } from './place-fields';
import { SaveBar } from './save-bar';
import { TextField } from './text-field';
import type { Desk } from './use-desk';
import { useDraft } from './use-draft';

const NONE: ReadonlySet<DetailsField | 'slug'> = new Set();

/** What a restaurant is, how its kitchen works, and what it charges. */
export function DetailsPart({ desk: { desk, refresh } }: { desk: Desk }) {
  const t = useTranslations('desk.details');
  const { restaurant, changedBy, zoneName } = desk;
  const draft = useDraft({ ...draftOf(desk), slug: restaurant.slug }, restaurant.version);
  const [wrong, setWrong] = useState(NONE);
  const save = useAction(trpc.restaurantDesk.edit.useMutation(), {
    onDone: () => {
      toast.success(t('saved'));
      void refresh().then(draft.discard);
    },
    onRefused: () => void refresh(),
  });
  const { value } = draft;
  const set = (change: Partial<typeof value>) => {
    save.clear();
    setWrong(NONE);
    draft.set({ ...value, ...change });
  };
  const text = (field: keyof DetailsDraft & DetailsField, aside?: string) => ({
    ...{ label: t(`field.${field}`), aside, value: String(value[field]) },
    error: wrong.has(field) ? t('wrong') : undefined,
    onChange: (typed: string) => set({ [field]: typed }),
  });
  const { currency } = restaurant;
  const minutes = t('minutes');
  return (
    <form
      noValidate
      aria-label={t('title')}
      onSubmit={(event) => {
        event.preventDefault();
        const read = detailsFrom(value, currency);
        const { data: slug } = Slug.safeParse(value.slug);
        if ('wrong' in read) setWrong(slug ? read.wrong : new Set([...read.wrong, 'slug']));
        else if (!slug) setWrong(new Set(['slug']));
        else {
          const { details } = read;
          save.run({ restaurantId: restaurant.id, version: draft.version, details, slug });
        }
      }}
      className="mt-6"
    >
      <PlaceFields
        value={value}
        wrong={wrong}
        onChange={set}
        hint={t('zone', { zone: zoneName })}
      />
      <div className="mt-5 grid gap-x-6 sm:grid-cols-2">
        <TextField
          label={t('field.slug')}
          aside={`/r/${value.slug}`}
          value={value.slug}
          maxLength={80}
          code
          error={wrong.has('slug') ? t('slugWrong') : undefined}
          hint={t(value.slug === restaurant.slug ? 'slugHint' : 'slugMoves', {
            slug: `/r/${restaurant.slug}`,
          })}
          onChange={(slug) => set({ slug })}
        />
      </div>
      <div className="mt-6">
        <PhotoField
          of="restaurant"
          id={restaurant.id}
          version={restaurant.version}
          name={restaurant.name}
          cuisine={restaurant.cuisine}
          photoId={restaurant.photoId}
          onDone={({ version }) => {
            draft.goOnFrom(version);
            void refresh();
          }}
        />
      </div>
      <h2 className="mt-8 text-base">{t('kitchen')}</h2>
      <div className="mt-3 grid gap-x-6 gap-y-5 sm:grid-cols-3">
        <TextField {...text('prepMinutes', minutes)} numeric />
        <TextField {...text('slotMinutes', minutes)} numeric />
        <TextField {...text('slotCapacity')} hint={t('noLimit')} numeric />
      </div>
      <div className="mt-3 flex flex-wrap gap-x-8">
        <Switch
          checked={value.autoAccept}
          onChange={(autoAccept) => set({ autoAccept })}
          label={t('field.autoAccept')}
        />
        <Switch
          checked={value.pickupOffered}
          onChange={(pickupOffered) => set({ pickupOffered })}
          label={t('field.pickupOffered')}
        />
      </div>
      <h2 className="mt-8 text-base">{t('money')}</h2>
      <div className="mt-3 grid gap-x-6 gap-y-5 sm:grid-cols-2">
        <TextField {...text('minimumOrder', currency)} numeric />
        <TextField {...text('deliveryFeeBase', currency)} numeric />
        <TextField {...text('deliveryFeePerKm', currency)} hint={t('perKm')} numeric />
        <TextField {...text('taxBp', '%')} numeric />
      </div>
      <SaveBar
        changed={draft.changed}
        overtaken={draft.overtaken}
        changedBy={changedBy}
        pending={save.pending}
        refusal={save.refusal}
        wrong={wrong.size > 0 ? t('correct') : undefined}
        onDiscard={() => {
          setWrong(NONE);
          save.clear();
          draft.discard();
        }}
      />
    </form>
  );
}
