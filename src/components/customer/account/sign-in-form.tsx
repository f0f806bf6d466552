'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useHydrated } from '@/components/ui/use-hydrated';
import { DemoSignIns } from './demo-sign-ins';
import { emailRule } from './email-rule';
import { FormError } from './form-error';
import { type Credentials, useSignIn } from './use-sign-in';

type SignInFormProps = {
  next: string | null;
  demo: boolean;
  signedInAs: string | null;
  /** They come from a page that was shut because their account is blocked. */
  blocked: boolean;
};

export function SignInForm({ next, demo, signedInAs, blocked }: SignInFormProps) {
  const t = useTranslations('account');
  const { enter, error } = useSignIn(next);
  const [entering, setEntering] = useState<string | null>(null);
  const { register, handleSubmit, formState } = useForm({
    defaultValues: { email: '', password: '' },
  });
  const { errors } = formState;

  async function submit(credentials: Credentials, by: string) {
    if (entering) return;
    setEntering(by);
    if (!(await enter(credentials))) setEntering(null);
  }

  const hydrated = useHydrated();
  return (
    // Before the scripts are there a click would be lost, or the browser would send the form itself.
    <div inert={!hydrated}>
      {blocked && (
        <div className="mb-5">
          <FormError message={t('wrong.blocked')} />
        </div>
      )}
      {signedInAs && (
        <p className="mb-5 rounded-control bg-info-soft px-3 py-2.5 text-info-ink text-sm">
          {t('signIn.other', { name: signedInAs })}
        </p>
      )}
      {demo && (
        <DemoSignIns entering={entering} onChoose={(role, account) => void submit(account, role)} />
      )}
      <form
        method="post"
        noValidate
        onSubmit={handleSubmit((values) => submit(values, 'form'))}
        className="flex flex-col gap-4"
      >
        <FormError message={error} />
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
        <Field label={t('field.password')} error={errors.password?.message}>
          {(control) => (
            <Input
              {...control}
              {...register('password', { required: t('wrong.password') })}
              type="password"
              autoComplete="current-password"
            />
          )}
        </Field>
        <Button
          type="submit"
          variant="primary"
          size="lg"
          full
          loading={entering === 'form'}
          className="mt-1"
        >
          {t('signIn.submit')}
        </Button>
      </form>
      <p className="mt-6 text-center text-quiet text-sm">
        {t.rich('signIn.newHere', {
          link: (text) => (
            <Link
              href={next ? `/sign-up?next=${encodeURIComponent(next)}` : '/sign-up'}
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
