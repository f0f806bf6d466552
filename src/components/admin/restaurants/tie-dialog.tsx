'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { toastRefusal, useAction } from '@/components/shared/use-action';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { toast } from '@/components/ui/toast';
import type { RestaurantImage } from '@/domain/restaurant';
import { trpc } from '@/trpc/client';

type TieDialogProps = {
  restaurant: RestaurantImage;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** By e-mail; where there is no such account yet, one is opened with a name and a password. */
export function TieDialog({ restaurant, open, onOpenChange }: TieDialogProps) {
  const t = useTranslations('kitchen.staff');
  const utils = trpc.useUtils();
  const [fresh, setFresh] = useState(false);
  const [values, setValues] = useState({ email: '', name: '', password: '' });
  const close = () => {
    setFresh(false);
    setValues({ email: '', name: '', password: '' });
    onOpenChange(false);
  };
  const tie = useAction(trpc.kitchen.tie.useMutation(), {
    onDone: () => {
      toast.success(t('tied', { name: values.name || values.email }));
      void utils.kitchen.staff.invalidate({ restaurantId: restaurant.id });
      close();
    },
    onRefused: (refusal) => {
      if (refusal.reason === 'staff_unknown') setFresh(true);
      else toastRefusal(refusal);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { email, name, password } = values;
    tie.run({
      restaurantId: restaurant.id,
      email,
      account: fresh ? { name, password } : undefined,
    });
  };
  const field = (key: keyof typeof values, type: string) => (
    <Field label={t(key)}>
      {(control) => (
        <Input
          {...control}
          type={type}
          required
          autoComplete="off"
          value={values[key]}
          onChange={(event) => setValues({ ...values, [key]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => (next ? onOpenChange(true) : close())}
      title={t('dialogTitle', { name: restaurant.name })}
      description={t('dialogDetail')}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {field('email', 'email')}
        {fresh && (
          <>
            <p className="rounded-control bg-info-soft px-3 py-2.5 text-info-ink text-sm">
              {t('newAccount')}
            </p>
            {field('name', 'text')}
            {field('password', 'password')}
          </>
        )}
        <Button type="submit" variant="primary" full loading={tie.pending}>
          {t('save')}
        </Button>
      </form>
    </Dialog>
  );
}
