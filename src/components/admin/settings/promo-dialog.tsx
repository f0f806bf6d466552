'use client';

import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { FormError } from '@/components/customer/account/form-error';
import { useAction } from '@/components/shared/use-action';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Segmented } from '@/components/ui/segmented';
import { Select } from '@/components/ui/select';
import { toast } from '@/components/ui/toast';
import { minorUnits } from '@/domain/money';
import { PROMO_KINDS } from '@/domain/promo';
import { trpc } from '@/trpc/client';
import { limitsOf, type TypedPromo, useTypedPromo } from './promo-form';
import type { Promo } from './promos';

const names = new Intl.Collator();

type PromoDialogProps = {
  promo: Promo | null;
  currencies: readonly string[];
  onClose: () => void;
};

/** Makes a code, or changes the limits of one: what it takes off stays as people know it. */
export function PromoDialog({ promo, currencies, onClose }: PromoDialogProps) {
  const t = useTranslations('settings.promoForm');
  const form = useId();
  const queries = trpc.useUtils();
  const { typed, set } = useTypedPromo(promo, currencies);
  const done = {
    onDone: () => {
      if (promo === null) toast.success(t('made', { code: typed.code.trim().toUpperCase() }));
      void queries.settings.invalidate();
      onClose();
    },
    onRefused: () => undefined,
  };
  const make = useAction(trpc.settings.makePromo.useMutation(), done);
  const change = useAction(trpc.settings.changePromo.useMutation(), done);
  const { refusal } = promo ? change : make;
  const limits = limitsOf(typed);
  const { kind, currency } = typed;
  const value =
    kind === 'amount' ? minorUnits(typed.value, currency) : Number(typed.value.trim() || 0);
  const maximum = typed.maximum.trim() === '' ? null : minorUnits(typed.maximum, currency);
  const sound = limits !== null && value !== null && Number.isInteger(value);
  const submit = () => {
    if (!sound) return;
    if (promo) change.run({ ...limits, promoId: promo.id, expectedVersion: promo.version });
    else {
      const restaurantId = typed.restaurantId || null;
      const terms = { code: typed.code, kind, value, currency, maximumDiscount: maximum };
      make.run({ ...limits, ...terms, restaurantId });
    }
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={promo ? t('edit', { code: promo.code }) : t('new')}
      footer={
        <Button
          type="submit"
          form={form}
          variant="primary"
          loading={make.pending || change.pending}
          disabled={!sound || (promo === null && typed.code.trim().length < 3)}
        >
          {t(promo ? 'save' : 'create')}
        </Button>
      }
    >
      <form
        id={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        className="grid gap-4 sm:grid-cols-2"
      >
        {promo === null && <TakesFields typed={typed} set={set} currencies={currencies} />}
        <Text name="minimum" label={t('minimum')} aside={currency} typed={typed} set={set} />
        <span className="max-sm:hidden" />
        <Text name="startsAt" label={t('starts')} aside={t('empty')} typed={typed} set={set} />
        <Text name="endsAt" label={t('ends')} aside={t('empty')} typed={typed} set={set} />
        <Text name="perPerson" label={t('perPerson')} aside={t('empty')} typed={typed} set={set} />
        <Text name="total" label={t('total')} aside={t('empty')} typed={typed} set={set} />
        <div className="sm:col-span-2">
          <FormError
            message={
              sound
                ? refusal && [refusal.fields[0]?.message ?? refusal.message, refusal.hint].join(' ')
                : t('numberWrong')
            }
          />
        </div>
      </form>
    </Dialog>
  );
}

type Fields = { typed: TypedPromo; set: (change: Partial<TypedPromo>) => void };

function TakesFields({ typed, set, currencies }: Fields & { currencies: readonly string[] }) {
  const t = useTranslations('settings.promoForm');
  const { kind, currency } = typed;
  return (
    <>
      <Field label={t('code')} hint={t('codeHint')} className="sm:col-span-2">
        {(control) => (
          <Input
            {...control}
            dir="ltr"
            autoComplete="off"
            maxLength={24}
            value={typed.code}
            onChange={(event) => set({ code: event.target.value.toUpperCase() })}
            className="font-mono"
          />
        )}
      </Field>
      <Segmented
        label={t('kind')}
        segments={PROMO_KINDS.map((each) => ({ value: each, label: t(`kinds.${each}`) }))}
        value={kind}
        onChange={(chosen) => set({ kind: chosen })}
        className="sm:col-span-2"
      />
      {kind !== 'free_delivery' && (
        <Text
          name="value"
          label={t(kind === 'percent' ? 'percentValue' : 'amountValue')}
          aside={kind === 'percent' ? '%' : currency}
          {...{ typed, set }}
        />
      )}
      {kind !== 'amount' && (
        <Text name="maximum" label={t('maximum')} aside={t('empty')} {...{ typed, set }} />
      )}
      {currencies.length > 1 && (
        <Field label={t('currency')}>
          {({ id }) => (
            <Select
              id={id}
              value={currency}
              onChange={(chosen) => set({ currency: chosen, restaurantId: '' })}
              items={currencies.map((each) => ({ value: each, label: each }))}
            />
          )}
        </Field>
      )}
      <RestaurantField typed={typed} set={set} />
    </>
  );
}

/** Where it is good: of the restaurants that take its currency. */
function RestaurantField({ typed, set }: Fields) {
  const t = useTranslations('settings.promoForm');
  const { data } = trpc.restaurants.list.useQuery();
  const items = (data ?? [])
    .filter(({ restaurant }) => restaurant.currency === typed.currency)
    .map(({ restaurant: { id, name } }) => ({ value: id, label: name }))
    .sort((a, b) => names.compare(a.label, b.label));
  return (
    <Field label={t('restaurant')} className="sm:col-span-2">
      {({ id }) => (
        <Select
          id={id}
          disabled={!data}
          value={typed.restaurantId}
          onChange={(restaurantId) => set({ restaurantId })}
          items={[{ value: '', label: t('everywhere') }, ...items]}
        />
      )}
    </Field>
  );
}

type TextName = 'value' | 'maximum' | 'minimum' | 'startsAt' | 'endsAt' | 'perPerson' | 'total';

function Text({
  name,
  label,
  aside,
  typed,
  set,
}: Fields & { name: TextName; label: string; aside: string }) {
  const moment = name === 'startsAt' || name === 'endsAt';
  return (
    <Field label={label} aside={aside}>
      {(control) => (
        <Input
          {...control}
          dir="ltr"
          type={moment ? 'datetime-local' : 'text'}
          inputMode={moment ? undefined : 'decimal'}
          autoComplete="off"
          value={typed[name]}
          onChange={(event) => set({ [name]: event.target.value })}
          className="numerals"
        />
      )}
    </Field>
  );
}
