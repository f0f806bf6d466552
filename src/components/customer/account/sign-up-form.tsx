'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useRefusal } from '@/components/shared/use-refusal';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useHydrated } from '@/components/ui/use-hydrated';
import { trpc } from '@/trpc/client';
import { emailRule } from './email-rule';
import { FormError } from './form-error';
import { useSignIn } from './use-sign-in';

const NAME_LENGTH = 80;
const SHORTEST_PASSWORD = 10;
const LONGEST_PASSWORD = 200;

type SignUpValues = { name: string; email: string; password: string };

export function SignUpForm({ next }: { next: string | null }) {
  const t = useTranslations('account');
  const refusalOf = useRefusal();
  const { enter, error: signInError } = useSignIn(next);
  const signUp = trpc.auth.signUp.useMutation();
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const {
    register,
    handleSubmit,
    setError: setFieldError,
    formState,
  } = useForm({
    defaultValues: { name: '', email: '', password: '' },
  });
  const { errors } = formState;

  async function submit(values: SignUpValues) {
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      await signUp.mutateAsync({ ...values, name: values.name.trim() });
      if (await enter(values)) return;
    } catch (cause) {
      const { reason, message, hint, fields } = refusalOf(cause);
      if (reason === 'email_taken') setFieldError('email', { message: `${message} ${hint ?? ''}` });
      else setError([fields[0]?.message ?? message, hint].filter(Boolean).join(' '));
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
          {t('signUp.submit')}
        </Button>
      </form>
      <p className="mt-6 text-center text-quiet text-sm">
        {t.rich('signUp.beenHere', {
          link: (text) => (
            <Link
              href={next ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in'}
              className="font-medium text-accent-ink underline underline-offset-4"
            >
              {text}
            </Link>
          ),
        })}
      </p>
    </div>
  );
}
