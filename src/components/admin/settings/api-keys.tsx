'use client';

import { KeyRound, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useNow } from '@/components/shared/clock';
import { useAction } from '@/components/shared/use-action';
import { useFormat } from '@/components/shared/use-format';
import { useRefusal } from '@/components/shared/use-refusal';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { type RouterOutputs, trpc } from '@/trpc/client';
import { ApiKeyDialog } from './api-key-dialog';

type Key = RouterOutputs['apiKeys']['list'][number];

/** The keys that machines call the API with: what each may do, in whose name, and when it last did. */
export function ApiKeys() {
  const t = useTranslations('apiKeys');
  const refusalOf = useRefusal();
  const { data, error, refetch, isFetching } = trpc.apiKeys.list.useQuery();
  const [making, setMaking] = useState(false);
  return (
    <section aria-labelledby="api-keys-title">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div>
          <h2 id="api-keys-title" className="text-lg">
            {t('title')}
          </h2>
          <p className="mt-1 text-quiet text-sm">
            {t('detail')}{' '}
            <a
              href="/api/docs"
              target="_blank"
              rel="noreferrer"
              className="rounded-control text-ink underline decoration-line underline-offset-4 hover:decoration-ink"
            >
              {t('docs')}
            </a>
          </p>
        </div>
        <Button disabled={!data} onClick={() => setMaking(true)}>
          <Plus aria-hidden="true" />
          {t('make')}
        </Button>
      </div>
      {!data && !error && <Skeleton className="mt-3 h-24" />}
      {!data && error && (
        <ErrorState title={t('failed')} onRetry={() => void refetch()} retrying={isFetching}>
          {refusalOf(error).message} {refusalOf(error).hint}
        </ErrorState>
      )}
      {data?.length === 0 && (
        <EmptyState icon={KeyRound} title={t('none')}>
          {t('noneDetail')}
        </EmptyState>
      )}
      {data && data.length > 0 && (
        <ul className="mt-3 divide-y divide-line overflow-hidden rounded-card border border-line bg-raised">
          {data.map((key) => (
            <KeyRow key={key.id} apiKey={key} />
          ))}
        </ul>
      )}
      {making && <ApiKeyDialog onClose={() => setMaking(false)} />}
    </section>
  );
}

function KeyRow({ apiKey }: { apiKey: Key }) {
  const t = useTranslations('apiKeys');
  const format = useFormat();
  const now = useNow(60);
  const queries = trpc.useUtils();
  const [asking, setAsking] = useState(false);
  const revoke = useAction(trpc.apiKeys.revoke.useMutation(), {
    onDone: () => {
      setAsking(false);
      void queries.apiKeys.invalidate();
      void queries.settings.changes.invalidate();
    },
  });
  const { id: keyId, name, hint, scopes, person, lastUsedAt, revokedAt } = apiKey;
  const works = revokedAt === null;
  const used = lastUsedAt ? t('used', { when: format.moment(lastUsedAt, now) }) : t('unused');
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-2">
          <bdi className="font-medium">{name}</bdi>
          <Badge tone={works ? 'good' : 'neutral'}>{t(works ? 'works' : 'revoked')}</Badge>
        </p>
        <p className="text-quiet text-sm">
          <bdi dir="ltr" className="font-mono text-xs">
            {scopes.join(' ')}
          </bdi>
        </p>
        <p className="numerals text-quiet text-xs" suppressHydrationWarning>
          <bdi dir="ltr" className="font-mono">
            hfk_…{hint}
          </bdi>
          , {t('actsFor', { name: person.name })}, {used}
        </p>
      </div>
      {works && (
        <Button
          size="sm"
          variant="danger-quiet"
          aria-label={t('revokeKey', { name })}
          onClick={() => setAsking(true)}
        >
          {t('revoke')}
        </Button>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('confirm.title', { name })}
        description={t('confirm.detail')}
        confirmLabel={t('revoke')}
        danger
        loading={revoke.pending}
        onConfirm={() => revoke.run({ keyId })}
      />
    </li>
  );
}
