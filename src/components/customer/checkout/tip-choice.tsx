'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useFormat } from '@/components/shared/use-format';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Segmented } from '@/components/ui/segmented';
import { minorUnits } from '@/domain/money';
import { MOST_TIP } from '@/domain/order';

type TipChoiceProps = {
  /** To choose from, minor units. */
  amounts: readonly number[];
  currency: string;
  tip: number;
  onTip: (tip: number) => void;
};

/** A tip: one of a few, or an amount of one's own. */
export function TipChoice({ amounts, currency, tip, onTip }: TipChoiceProps) {
  const t = useTranslations('checkout.tip');
  const { money } = useFormat();
  const [own, setOwn] = useState(tip !== 0 && !amounts.includes(tip));
  const [typed, setTyped] = useState('');
  const amount = minorUnits(typed, currency);
  const wrong = typed !== '' && (amount === null || amount > MOST_TIP);

  function type(text: string) {
    setTyped(text);
    const next = minorUnits(text, currency);
    if (next !== null && next <= MOST_TIP) onTip(next);
  }

  return (
    <>
      <Segmented
        label={t('label')}
        value={own ? 'own' : String(tip)}
        onChange={(value) => {
          setOwn(value === 'own');
          setTyped('');
          onTip(value === 'own' ? 0 : Number(value));
        }}
        segments={[
          ...amounts.map((each) => ({
            value: String(each),
            label:
              each === 0 ? t('none') : <span className="numerals">{money(each, currency)}</span>,
          })),
          { value: 'own', label: t('own') },
        ]}
        className="overflow-x-auto"
      />
      {own && (
        <Field
          label={t('ownLabel')}
          className="mt-3 max-w-48"
          error={wrong ? t('ownWrong', { most: money(MOST_TIP, currency) }) : undefined}
        >
          {(control) => (
            <Input
              {...control}
              inputMode="decimal"
              autoComplete="off"
              value={typed}
              onChange={(event) => type(event.target.value)}
              placeholder={money(tip || 300, currency)}
            />
          )}
        </Field>
      )}
    </>
  );
}
