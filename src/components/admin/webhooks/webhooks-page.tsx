'use client';

import { Plus, Webhook as WebhookIcon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { SettingsTabs } from '@/components/admin/settings/settings-tabs';
import { LoadingLabel } from '@/components/shared/loading-label';
import { useRefusal } from '@/components/shared/use-refusal';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { type RouterOutputs, trpc } from '@/trpc/client';
import { Brokers } from './brokers';
import { Deliveries } from './deliveries';
import { SecretDialog } from './secret-dialog';
import { WebhookDialog } from './webhook-dialog';
import { WebhookRow } from './webhook-row';

export type Webhook = RouterOutputs['webhooks']['list']['webhooks'][number];

const LOOK_AGAIN_MS = 5_000;

/** Where the events of the log go outside, and how each destination stands. */
export function WebhooksPage() {
  const t = useTranslations('webhooks');
  const refusalOf = useRefusal();
  const { data, error, refetch, isFetching } = trpc.webhooks.list.useQuery(undefined, {
    refetchInterval: LOOK_AGAIN_MS,
  });
  const [editing, setEditing] = useState<Webhook | 'new' | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const [reading, setReading] = useState<Webhook | null>(null);
  return (
    <div className="mx-auto flex max-w-4xl flex-col gap-6 px-4 pt-6 pb-20 sm:px-6">
      <h1 className="text-xl">{t('title')}</h1>
      <SettingsTabs />
      <section aria-labelledby="webhooks-title">
        <div className="flex flex-wrap items-start justify-between gap-3">
          <div className="max-w-2xl">
            <h2 id="webhooks-title" className="text-lg">
              {t('webhooks')}
            </h2>
            <p className="mt-1 text-pretty text-quiet text-sm">{t('detail')}</p>
          </div>
          <Button variant="primary" disabled={!data} onClick={() => setEditing('new')}>
            <Plus aria-hidden="true" />
            {t('make')}
          </Button>
        </div>
        {!data && !error && (
          <div className="mt-3" aria-busy="true">
            <LoadingLabel />
            <Skeleton className="h-40" />
          </div>
        )}
        {!data && error && (
          <ErrorState title={t('failed')} onRetry={() => void refetch()} retrying={isFetching}>
            {refusalOf(error).message} {refusalOf(error).hint}
          </ErrorState>
        )}
        {data?.webhooks.length === 0 && (
          <EmptyState icon={WebhookIcon} title={t('none')}>
            {t('noneDetail')}
          </EmptyState>
        )}
        {data && data.webhooks.length > 0 && (
          <ul
            aria-label={t('webhooks')}
            className="mt-3 divide-y divide-line overflow-hidden rounded-card border border-line bg-raised"
          >
            {data.webhooks.map((webhook) => (
              <WebhookRow
                key={webhook.id}
                webhook={webhook}
                onEdit={() => setEditing(webhook)}
                onRead={() => setReading(webhook)}
                onSecret={setSecret}
              />
            ))}
          </ul>
        )}
      </section>
      {data && <Brokers brokers={data.brokers} />}
      {editing && (
        <WebhookDialog
          key={editing === 'new' ? 'new' : editing.id}
          webhook={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
          onSecret={setSecret}
        />
      )}
      <SecretDialog secret={secret} onClose={() => setSecret(null)} />
      {reading && <Deliveries webhook={reading} onClose={() => setReading(null)} />}
    </div>
  );
}
