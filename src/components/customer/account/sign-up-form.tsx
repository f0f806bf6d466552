'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import Link from 'next/link';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { trpc } from '@/trpc/client';
import { refusalOf } from '@/trpc/refusal';
import { FormError } from './form-error';
import { useSignIn } from './use-sign-in';

const SignUpSchema = z.object({
  name: z.string().trim().min(1, 'Write the name that the courier asks for at the door.').max(80),
  email: z.email('Write an e-mail address, like ana@example.com.'),
  password: z.string().min(10, 'Take at least 10 characters.').max(200),
});

export function SignUpForm({ next }: { next: string | null }) {
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
    resolver: zodResolver(SignUpSchema),
    defaultValues: { name: '', email: '', password: '' },
  });
  const { errors } = formState;

  async function submit(values: z.infer<typeof SignUpSchema>) {
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      await signUp.mutateAsync(values);
      if (await enter(values)) return;
    } catch (cause) {
      const { reason, message, hint, fields } = refusalOf(cause);
      if (reason === 'email_taken') setFieldError('email', { message: `${message} ${hint ?? ''}` });
      else setError([fields[0]?.message ?? message, hint].filter(Boolean).join(' '));
    }
    setBusy(false);
  }

  return (
    <>
      <form noValidate onSubmit={handleSubmit(submit)} className="flex flex-col gap-4">
        <FormError message={error ?? signInError} />
        <Field label="Name" error={errors.name?.message}>
          {(control) => <Input {...control} {...register('name')} autoComplete="name" />}
        </Field>
        <Field label="E-mail" error={errors.email?.message}>
          {(control) => (
            <Input
              {...control}
              {...register('email')}
              type="email"
              autoComplete="email"
              inputMode="email"
            />
          )}
        </Field>
        <Field label="Password" hint="At least 10 characters." error={errors.password?.message}>
          {(control) => (
            <Input
              {...control}
              {...register('password')}
              type="password"
              autoComplete="new-password"
            />
          )}
        </Field>
        <Button type="submit" variant="primary" size="lg" full loading={busy} className="mt-1">
          Create account
        </Button>
      </form>
      <p className="mt-6 text-center text-quiet text-sm">
        Been here before?{' '}
        <Link
          href={next ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in'}
          className="font-medium text-accent-ink underline underline-offset-4"
        >
          Sign in
        </Link>
      </p>
    </>
  );
}
