'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useRefusal } from '@/components/shared/use-refusal';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useHydrated } from '@/components/ui/use-hydrated';
import { emailRule } from './email-rule';
import { FormError } from './form-error';
import { useSignIn } from './use-sign-in';

const NAME_LENGTH = 80;
const SHORTEST_PASSWORD = 10;
const LONGEST_PASSWORD = 200;

export type NewAccount = { name: string; email: string; password: string };

type NewAccountFormProps = {
  /** Whose account it is where that is known already; null: they say it. */
  email: string | null;
  /** Opens the account; they are signed in with it at once. */
  create: (account: NewAccount) => Promise<unknown>;
  submit: string;
  /** Where to go then; null: to the page of their role. */
  next: string | null;
};

/** Name, e-mail and password of somebody who has no account yet. */
export function NewAccountForm({ email, create, submit, next }: NewAccountFormProps) {
  const t = useTranslations('account');
  const refusalOf = useRefusal();
  const { enter, error: signInError } = useSignIn(next, 'perhapsKnown');
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const {
    register,
    handleSubmit,
    formState: { errors },
  } = useForm({ defaultValues: { name: '', email: email ?? '', password: '' } });

  async function open(values: NewAccount) {
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      await create({ ...values, name: values.name.trim() });
      if (await enter(values)) return;
    } catch (cause) {
      const { message, hint, fields } = refusalOf(cause);
      setError([fields[0]?.message ?? message, hint].filter(Boolean).join(' '));
    }
    setBusy(false);
  }

  const hydrated = useHydrated();
  return (
    // Before the scripts are there the browser would send the form itself.
    <div inert={!hydrated}>
      <form method="post" noValidate onSubmit={handleSubmit(open)} className="flex flex-col gap-4">
        <FormError message={error ?? signInError} />
        {email !== null && (
          <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        )}
        <Field label={t('field.name')} error={errors.name?.message}>
          {(control) => (
            <Input
              {...control}
              {...register('name', {
                validate: (name) => name.trim() !== '' || t('wrong.name'),
                maxLength: { value: NAME_LENGTH, message: t('wrong.nameLong') },
              })}
              autoComplete="name"
            />
          )}
        </Field>
        {email === null && (
          <Field label={t('field.email')} error={errors.email?.message}>
            {(control) => (
              <Input
                {...control}
                {...register('email', emailRule(t('wrong.email')))}
                type="email"
                autoComplete="email"
                inputMode="email"
              />
            )}
          </Field>
        )}
        <Field
          label={t('field.password')}
          hint={t('field.passwordHint')}
          error={errors.password?.message}
        >
          {(control) => (
            <Input
              {...control}
              {...register('password', {
                required: t('wrong.passwordShort'),
                minLength: { value: SHORTEST_PASSWORD, message: t('wrong.passwordShort') },
                maxLength: { value: LONGEST_PASSWORD, message: t('wrong.passwordLong') },
              })}
              type="password"
              autoComplete="new-password"
            />
          )}
        </Field>
        <Button type="submit" variant="primary" size="lg" full loading={busy} className="mt-1">
          {submit}
        </Button>
      </form>
    </div>
  );
}
