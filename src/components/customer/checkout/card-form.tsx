'use client';

import { FlaskConical } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import * as v from 'valibot';
import { useRefusal } from '@/components/shared/use-refusal';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { TEST_CARDS } from '@/domain/test-cards';

const TokenSchema = v.object({ token: v.string(), label: v.string() });
/** What stands for a card once the provider knows it. */
export type CardToken = v.InferOutput<typeof TokenSchema>;

const RefusalSchema = v.object({
  code: v.string(),
  reason: v.string(),
  message: v.string(),
  hint: v.nullable(v.string()),
  data: v.nullable(v.record(v.string(), v.unknown())),
});

type CardInput = { number: string; expiry: string; code: string };

/** The field that a refusal is about; the number where none is named. */
const FIELDS: Readonly<Record<string, string>> = {
  card_expired: 'expiry',
  card_code_invalid: 'code',
};

const inGroups = (number: string): string => number.replace(/(.{4})(?=.)/g, '$1 ');

/**
 * The test provider's form. What is typed goes to the provider's own endpoint, which gives a token for
 * it: our orders never see a number.
 */
export function CardForm({ onCard }: { onCard: (card: CardToken) => void }) {
  const t = useTranslations('checkout.card');
  const refusalOf = useRefusal();
  const [refused, setRefused] = useState<{ field: string; message: string } | null>(null);
  const required = { validate: (typed: string) => typed.trim() !== '' || t('required') };
  const { register, handleSubmit, setValue, setFocus, formState } = useForm({
    defaultValues: { number: '', expiry: '', code: '' },
  });
  const { errors, isSubmitting } = formState;

  async function submit(card: CardInput) {
    setRefused(null);
    try {
      const response = await fetch('/api/sandbox/cards', {
        method: 'POST',
        body: JSON.stringify(card),
      });
      const answer: unknown = await response.json();
      if (v.is(TokenSchema, answer)) return onCard(answer);
      const refusal = v.is(RefusalSchema, answer) ? answer : null;
      refuse(refusal && { message: refusal.message, data: { code: refusal.code, refusal } });
    } catch (error) {
      refuse(error);
    }
  }

  function refuse(error: unknown) {
    const { reason, message, hint } = refusalOf(error);
    setRefused({ field: FIELDS[reason] ?? 'number', message: `${message} ${hint ?? ''}` });
  }

  function fill(number: string) {
    setRefused(null);
    setValue('number', inGroups(number), { shouldValidate: true });
    setValue('expiry', '12/34', { shouldValidate: true });
    setValue('code', '123', { shouldValidate: true });
    setFocus('number');
  }

  const errorOf = (field: 'number' | 'expiry' | 'code') =>
    errors[field]?.message ?? (refused?.field === field ? refused.message : undefined);

  return (
    <form noValidate onSubmit={handleSubmit(submit)} className="flex flex-col gap-4">
      <p className="flex items-start gap-2 rounded-control bg-info-soft px-3 py-2.5 text-info-ink text-sm">
        <FlaskConical aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
        {t('test')}
      </p>
      <fieldset>
        <legend className="mb-2 font-medium text-sm">{t('fill')}</legend>
        <div className="flex flex-wrap gap-2">
          {TEST_CARDS.map(({ behaviour, number }) => (
            <Button key={behaviour} size="sm" onClick={() => fill(number)}>
              {t(`behaviour.${behaviour}`)}
            </Button>
          ))}
        </div>
      </fieldset>
      <Field label={t('number')} error={errorOf('number')}>
        {(control) => (
          <Input
            {...control}
            {...register('number', required)}
            dir="ltr"
            inputMode="numeric"
            autoComplete="off"
            className="numerals"
            placeholder="4242 4242 4242 4242"
          />
        )}
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label={t('expiry')} error={errorOf('expiry')}>
          {(control) => (
            <Input
              {...control}
              {...register('expiry', required)}
              dir="ltr"
              autoComplete="off"
              className="numerals"
              placeholder="12/34"
            />
          )}
        </Field>
        <Field label={t('code')} error={errorOf('code')}>
          {(control) => (
            <Input
              {...control}
              {...register('code', required)}
              dir="ltr"
              inputMode="numeric"
              autoComplete="off"
              className="numerals"
              placeholder="123"
            />
          )}
        </Field>
      </div>
      <Button type="submit" loading={isSubmitting}>
        {t('use')}
      </Button>
    </form>
  );
}
