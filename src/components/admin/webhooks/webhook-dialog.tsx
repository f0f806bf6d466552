'use client';

import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { FormError } from '@/components/customer/account/form-error';
import { useAction } from '@/components/shared/use-action';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { trpc } from '@/trpc/client';
import type { Webhook } from './webhooks-page';

type WebhookDialogProps = {
  webhook: Webhook | null;
  onClose: () => void;
  onSecret: (secret: string) => void;
};

/** The patterns that were typed, between commas or blanks. */
const patternsOf = (typed: string): string[] => typed.split(/[\s,]+/).filter(Boolean);

/** Makes an endpoint, or changes where it is and what it gets. */
export function WebhookDialog({ webhook, onClose, onSecret }: WebhookDialogProps) {
  const t = useTranslations('webhooks.form');
  const form = useId();
  const queries = trpc.useUtils();
  const { restaurants = [], zones = [] } = trpc.board.directory.useQuery().data ?? {};
  const [typed, setTyped] = useState({
    name: webhook?.name ?? '',
    url: webhook?.url ?? '',
    events: webhook?.eventTypes.join(', ') ?? '*',
    restaurantId: webhook?.restaurantId ?? '',
    zoneId: webhook?.zoneId ?? '',
  });
  const set = (change: Partial<typeof typed>) => setTyped({ ...typed, ...change });
  const done = () => {
    void queries.webhooks.invalidate();
    onClose();
  };
  const onRefused = () => undefined;
  const make = useAction(trpc.webhooks.make.useMutation(), {
    onDone: ({ secret }) => {
      done();
      onSecret(secret);
    },
    onRefused,
  });
  const change = useAction(trpc.webhooks.change.useMutation(), { onDone: done, onRefused });
  const { refusal } = webhook ? change : make;
  const submit = () => {
    const terms = {
      name: typed.name.trim(),
      url: typed.url.trim(),
      eventTypes: patternsOf(typed.events),
      restaurantId: typed.restaurantId || null,
      zoneId: typed.zoneId || null,
    };
    if (webhook) {
      change.run({ ...terms, webhookId: webhook.id, expectedVersion: webhook.version });
    } else make.run(terms);
  };
  const wrong = refusal?.fields[0]?.field ?? '';
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={webhook ? t('edit', { name: webhook.name }) : t('new')}
      footer={
        <Button
          type="submit"
          form={form}
          variant="primary"
          loading={make.pending || change.pending}
          disabled={
            !typed.name.trim() || !typed.url.trim() || patternsOf(typed.events).length === 0
          }
        >
          {t(webhook ? 'save' : 'create')}
        </Button>
      }
    >
      <form
        id={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        className="grid gap-4"
      >
        <Field label={t('name')}>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              maxLength={80}
              value={typed.name}
              onChange={(event) => set({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('url')} hint={t('urlHint')}>
          {(control) => (
            <Input
              {...control}
              dir="ltr"
              type="url"
              autoComplete="off"
              placeholder="https://"
              value={typed.url}
              onChange={(event) => set({ url: event.target.value })}
              className="font-mono"
            />
          )}
        </Field>
        <Field
          label={t('events')}
          hint={t('eventsHint')}
          error={wrong.startsWith('eventTypes') ? t('eventsWrong') : undefined}
        >
          {(control) => (
            <Input
              {...control}
              dir="ltr"
              autoComplete="off"
              value={typed.events}
              onChange={(event) => set({ events: event.target.value })}
              className="font-mono"
            />
          )}
        </Field>
        <Field label={t('zone')} hint={t('zoneHint')}>
          {({ id }) => (
            <Select
              id={id}
              value={typed.zoneId}
              onChange={(zoneId) => set({ zoneId })}
              items={[
                { value: '', label: t('allZones') },
                ...zones.map((each) => ({ value: each.id, label: each.name })),
              ]}
            />
          )}
        </Field>
        <Field label={t('restaurant')}>
          {({ id }) => (
            <Select
              id={id}
              value={typed.restaurantId}
              onChange={(restaurantId) => set({ restaurantId })}
              items={[
                { value: '', label: t('allRestaurants') },
                ...restaurants.map((each) => ({ value: each.id, label: each.name })),
              ]}
            />
          )}
        </Field>
        <FormError
          message={
            refusal && !wrong.startsWith('eventTypes')
              ? [refusal.fields[0]?.message ?? refusal.message, refusal.hint].join(' ')
              : null
          }
        />
      </form>
    </Dialog>
  );
}
