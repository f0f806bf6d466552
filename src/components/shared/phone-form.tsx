'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { toast } from '@/components/ui/toast';
import { trpc } from '@/trpc/client';
import { useAction } from './use-action';

/** One's own number; `detail` says who may call it, and about what. */
export function PhoneForm({ initial, detail }: { initial: string | null; detail: string }) {
  const t = useTranslations('notices.phone');
  const [phone, setPhone] = useState(initial ?? '');
  const [wrong, setWrong] = useState(false);
  const save = useAction(trpc.notices.setPhone.useMutation(), {
    onDone: ({ phone: kept }) => {
      setPhone(kept ?? '');
      toast.success(t('saved'));
    },
    onRefused: () => setWrong(true),
  });
  return (
    <form
      className="flex flex-wrap items-start gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        setWrong(false);
        save.run({ phone: phone.trim() === '' ? null : phone.trim() });
      }}
    >
      <Field
        label={t('label')}
        hint={detail}
        error={wrong ? t('wrong') : undefined}
        className="min-w-56 flex-1"
      >
        {(control) => (
          <Input
            {...control}
            type="tel"
            dir="ltr"
            autoComplete="tel"
            value={phone}
            onChange={({ target }) => setPhone(target.value)}
          />
        )}
      </Field>
      <Button type="submit" loading={save.pending} className="mt-7">
        {t('save')}
      </Button>
    </form>
  );
}
