'use client';

import { useTranslations } from 'next-intl';
import { LazyMap } from '@/components/shared/lazy-map';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { PLACE_KINDS } from '@/domain/restaurant';
import type { DetailsDraft, DetailsField } from './details-draft';
import { TextField } from './text-field';

type PlaceFieldsProps = {
  value: DetailsDraft;
  wrong: Pick<ReadonlySet<DetailsField>, 'has'>;
  onChange: (change: Partial<DetailsDraft>) => void;
  hint: string;
};

/** What it is called, what it is and where it stands. */
export function PlaceFields({ value, wrong, onChange, hint }: PlaceFieldsProps) {
  const t = useTranslations('desk.details');
  const error = (field: DetailsField) => (wrong.has(field) ? t('wrong') : undefined);
  return (
    <div className="grid gap-x-6 gap-y-5 sm:grid-cols-2">
      <TextField
        label={t('field.name')}
        value={value.name}
        error={error('name')}
        maxLength={80}
        onChange={(name) => onChange({ name })}
      />
      <div className="grid grid-cols-2 gap-3">
        <Field label={t('field.kind')}>
          {({ id }) => (
            <Select
              id={id}
              items={PLACE_KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
              value={value.kind}
              onChange={(kind) => onChange({ kind })}
            />
          )}
        </Field>
        <TextField
          label={t('field.cuisine')}
          value={value.cuisine}
          error={error('cuisine')}
          maxLength={40}
          onChange={(cuisine) => onChange({ cuisine })}
        />
      </div>
      <TextField
        label={t('field.description')}
        value={value.description}
        error={error('description')}
        maxLength={500}
        long
        onChange={(description) => onChange({ description })}
        className="sm:col-span-2"
      />
      <div className="flex flex-col gap-5">
        <TextField
          label={t('field.address')}
          value={value.address}
          error={error('address')}
          maxLength={200}
          onChange={(address) => onChange({ address })}
        />
        <TextField
          label={t('field.phone')}
          value={value.phone}
          error={error('phone')}
          hint={t('phoneHint')}
          numeric
          onChange={(phone) => onChange({ phone })}
        />
      </div>
      <div>
        <p className="font-medium text-sm">{t('field.location')}</p>
        <div className="mt-1.5 h-48 overflow-hidden rounded-card border border-line">
          <LazyMap
            className="size-full"
            center={value.location}
            zoom={15.5}
            markers={[{ id: 'place', kind: 'pin', at: value.location, label: value.name }]}
            pickable
            onPick={(location) => onChange({ location })}
            label={t('map')}
          />
        </div>
        <p className="mt-1.5 text-faint text-xs">
          {t('pin')} {hint}
        </p>
      </div>
    </div>
  );
}
