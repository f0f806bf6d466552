'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useAction } from '@/components/shared/use-action';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { toast } from '@/components/ui/toast';
import { trpc } from '@/trpc/client';

/** Where the courier may call, while an order is on its way. */
export function PhoneField({ initial }: { initial: string | null }) {
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
    <section aria-labelledby="phone-title" className="mt-10">
      <h2 id="phone-title" className="text-lg">
        {t('title')}
      </h2>
      <Card className="mt-4 p-4">
        <form
          className="flex flex-wrap items-end gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            setWrong(false);
            save.run({ phone: phone.trim() === '' ? null : phone.trim() });
          }}
        >
          <Field
            label={t('label')}
            hint={t('detail')}
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
          <Button type="submit" loading={save.pending}>
            {t('save')}
          </Button>
        </form>
      </Card>
    </section>
  );
}
