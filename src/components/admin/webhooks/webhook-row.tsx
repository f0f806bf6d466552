'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useNow } from '@/components/shared/clock';
import { useAction } from '@/components/shared/use-action';
import { useFormat } from '@/components/shared/use-format';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { toast } from '@/components/ui/toast';
import type { Tone } from '@/components/ui/tone';
import { trpc } from '@/trpc/client';
import type { Webhook } from './webhooks-page';

type WebhookRowProps = {
  webhook: Webhook;
  onEdit: () => void;
  onRead: () => void;
  onSecret: (secret: string) => void;
};

const TONES = {
  stopped: 'neutral',
  failing: 'bad',
  good: 'good',
  new: 'info',
} as const satisfies Record<string, Tone>;

function stateOf({ disabledAt, failingSince, deliveredAt }: Webhook): keyof typeof TONES {
  if (disabledAt) return 'stopped';
  if (failingSince) return 'failing';
  return deliveredAt ? 'good' : 'new';
}

/** One endpoint: how it stands, and what can be done with it. */
export function WebhookRow({ webhook, onEdit, onRead, onSecret }: WebhookRowProps) {
  const t = useTranslations('webhooks.row');
  const format = useFormat();
  const now = useNow(5);
  const { name, version: expectedVersion, id: webhookId, lastError } = webhook;
  const state = stateOf(webhook);
  const act = useWebhookActions(name, onSecret);
  const [asking, setAsking] = useState<'remove' | 'rotate' | null>(null);
  const which = { webhookId, expectedVersion };
  const facts = [
    webhook.eventTypes.join(', '),
    webhook.zoneName && t('onlyZone', { zone: webhook.zoneName }),
    webhook.restaurantName && t('only', { restaurant: webhook.restaurantName }),
    webhook.deliveredAt && t('delivered', { time: format.moment(webhook.deliveredAt, now) }),
    !webhook.disabledAt && webhook.attempts > 0 && t('tried', { count: webhook.attempts }),
    webhook.previousSecretUntil &&
      t('twoSecrets', { time: format.moment(webhook.previousSecretUntil, now) }),
  ].filter((fact) => typeof fact === 'string');
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-72">
        <p className="flex flex-wrap items-center gap-2">
          <bdi className="font-medium">{name}</bdi>
          <Badge tone={TONES[state]}>{t(`state.${state}`)}</Badge>
          {webhook.failingSince && webhook.waiting > 0 && (
            <Badge tone="warn">{t('waiting', { count: webhook.waiting })}</Badge>
          )}
        </p>
        <p dir="ltr" className="truncate text-start font-mono text-quiet text-xs">
          {webhook.url}
        </p>
        <p className="numerals text-quiet text-sm" suppressHydrationWarning>
          {facts.join(' · ')}
        </p>
        {lastError && (
          <p className="text-pretty text-bad-ink text-sm" dir="auto">
            {lastError}
          </p>
        )}
        {webhook.missed > 0 && (
          <p className="mt-1 flex flex-wrap items-center gap-2 text-sm text-warn-ink">
            {t('missed', { count: webhook.missed })}
            <Button size="sm" onClick={() => act.acknowledge.run(which)}>
              {t('acknowledge')}
            </Button>
          </p>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button
          size="sm"
          loading={act.test.pending}
          aria-label={t('testOf', { name })}
          onClick={() => act.test.run({ webhookId })}
        >
          {t('test')}
        </Button>
        <Button size="sm" aria-label={t('readOf', { name })} onClick={onRead}>
          {t('read')}
        </Button>
        <Button size="sm" aria-label={t('editOf', { name })} onClick={onEdit}>
          {t('edit')}
        </Button>
        <Button size="sm" aria-label={t('rotateOf', { name })} onClick={() => setAsking('rotate')}>
          {t('rotate')}
        </Button>
        <Button
          size="sm"
          variant={webhook.disabledAt ? 'secondary' : 'danger-quiet'}
          loading={act.stop.pending}
          aria-label={webhook.disabledAt ? t('resumeOf', { name }) : t('stopOf', { name })}
          onClick={() => act.stop.run({ ...which, stopped: !webhook.disabledAt })}
        >
          {webhook.disabledAt ? t('resume') : t('stop')}
        </Button>
        <Button
          size="sm"
          variant="danger-quiet"
          aria-label={t('removeOf', { name })}
          onClick={() => setAsking('remove')}
        >
          {t('remove')}
        </Button>
      </div>
      <ConfirmDialog
        open={asking === 'rotate'}
        onOpenChange={(open) => setAsking(open ? 'rotate' : null)}
        title={t('rotateTitle', { name })}
        description={t('rotateDetail')}
        confirmLabel={t('rotate')}
        loading={act.rotate.pending}
        onConfirm={() => {
          act.rotate.run(which);
          setAsking(null);
        }}
      />
      <ConfirmDialog
        open={asking === 'remove'}
        onOpenChange={(open) => setAsking(open ? 'remove' : null)}
        title={t('removeTitle', { name })}
        description={t('removeDetail')}
        confirmLabel={t('remove')}
        loading={act.remove.pending}
        onConfirm={() => {
          act.remove.run(which);
          setAsking(null);
        }}
      />
    </li>
  );
}

function useWebhookActions(name: string, onSecret: (secret: string) => void) {
  const t = useTranslations('webhooks.row');
  const queries = trpc.useUtils();
  const refresh = () => void queries.webhooks.invalidate();
  const done = { onDone: refresh };
  return {
    test: useAction(trpc.webhooks.test.useMutation(), {
      onDone: ({ outcome, httpStatus, milliseconds, error }) => {
        refresh();
        if (outcome === 'delivered') {
          const status = String(httpStatus ?? '');
          toast.success(t('tested', { name, status, ms: String(milliseconds) }));
        } else toast.error(t('testFailed', { name }), { description: error ?? undefined });
      },
    }),
    rotate: useAction(trpc.webhooks.rotate.useMutation(), {
      onDone: ({ secret }) => {
        refresh();
        onSecret(secret);
      },
    }),
    stop: useAction(trpc.webhooks.stop.useMutation(), done),
    remove: useAction(trpc.webhooks.remove.useMutation(), done),
    acknowledge: useAction(trpc.webhooks.acknowledgeMissed.useMutation(), done),
  };
}
