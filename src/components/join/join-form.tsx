'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { FormError } from '@/components/customer/account/form-error';
import { useSignIn } from '@/components/customer/account/use-sign-in';
import { useRefusal } from '@/components/shared/use-refusal';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useHydrated } from '@/components/ui/use-hydrated';
import { trpc } from '@/trpc/client';

const NAME_LENGTH = 80;
const SHORTEST_PASSWORD = 10;
const LONGEST_PASSWORD = 200;

type JoinValues = { name: string; password: string };

/** Name and password of somebody who was invited; they are signed in with it at once. */
export function JoinForm({ token, email }: { token: string; email: string }) {
  const t = useTranslations('account');
  const people = useTranslations('people.join');
  const refusalOf = useRefusal();
  const { enter, error: signInError } = useSignIn(null);
  const join = trpc.people.join.useMutation();
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const { register, handleSubmit, formState } = useForm({
    defaultValues: { name: '', password: '' },
  });
  const { errors } = formState;

  async function submit({ name, password }: JoinValues) {
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      await join.mutateAsync({ token, name: name.trim(), password });
      if (await enter({ email, password })) return;
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
      <form
        method="post"
        noValidate
        onSubmit={handleSubmit(submit)}
        className="flex flex-col gap-4"
      >
        <FormError message={error ?? signInError} />
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
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
          {people('submit')}
        </Button>
      </form>
    </div>
  );
}
