'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useAction } from '@/components/shared/use-action';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { toast } from '@/components/ui/toast';
import { ROLES } from '@/domain/roles';
import { LOCALE_CODES, LOCALES, localeOf } from '@/i18n/locales';
import { trpc } from '@/trpc/client';

type InviteDialogProps = { open: boolean; onOpenChange: (open: boolean) => void };

/** Sends a link to somebody who is to open an account in a role. */
export function InviteDialog({ open, onOpenChange }: InviteDialogProps) {
  const t = useTranslations('people.inviting');
  const roles = useTranslations('shared.role');
  const queries = trpc.useUtils();
  const zones = trpc.zones.list.useQuery(undefined, { enabled: open });
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<(typeof ROLES)[number]>('driver');
  const [zoneId, setZoneId] = useState<string | null>(null);
  const [locale, setLocale] = useState(localeOf(useLocale()));
  const invite = useAction(trpc.people.invite.useMutation(), {
    onDone: (_, sent) => {
      toast.success(t('done', { email: sent.email }));
      setEmail('');
      onOpenChange(false);
      void queries.people.invitations.invalidate();
    },
    onRefused: () => undefined,
  });
  const wrong = invite.refusal?.fields[0]?.message ?? invite.refusal?.message;
  const placed = role === 'driver' && zones.data && zones.data.length > 0 ? zones.data : null;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('title')}
      description={t('detail')}
      footer={
        <Button type="submit" form="invite" variant="primary" loading={invite.pending}>
          {t('send')}
        </Button>
      }
    >
      <form
        id="invite"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          invite.run({ email: email.trim(), role, zoneId: placed ? zoneId : null, locale });
        }}
        className="flex flex-col gap-4"
      >
        <Field
          label={t('email')}
          error={wrong && [wrong, invite.refusal?.hint].filter(Boolean).join(' ')}
        >
          {(control) => (
            <Input
              {...control}
              type="email"
              inputMode="email"
              autoComplete="off"
              value={email}
              onChange={(event) => {
                invite.clear();
                setEmail(event.target.value);
              }}
            />
          )}
        </Field>
        <Field label={t('role')}>
          {({ id }) => (
            <Select
              id={id}
              value={role}
              onChange={setRole}
              items={ROLES.map((value) => ({ value, label: roles(value) }))}
            />
          )}
        </Field>
        {placed && (
          <Field label={t('zone')}>
            {({ id }) => (
              <Select
                id={id}
                value={zoneId ?? placed[0]?.id ?? ''}
                onChange={setZoneId}
                items={placed.map((zone) => ({ value: zone.id, label: zone.name }))}
              />
            )}
          </Field>
        )}
        <Field label={t('language')}>
          {({ id }) => (
            <Select
              id={id}
              value={locale}
              onChange={setLocale}
              items={LOCALE_CODES.map((value) => ({ value, label: LOCALES[value].name }))}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
