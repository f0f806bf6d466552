'use client';

import { useTranslations } from 'next-intl';
import { useNow } from '@/components/shared/clock';
import { LoadingLabel } from '@/components/shared/loading-label';
import { useFormat } from '@/components/shared/use-format';
import { useRefusal } from '@/components/shared/use-refusal';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { trpc } from '@/trpc/client';
import type { Webhook } from './webhooks-page';

const LOOK_AGAIN_MS = 5_000;

/** Every try of an endpoint: when, how it ended, how long it took, what came back. */
export function Deliveries({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const t = useTranslations('webhooks.log');
  const refusalOf = useRefusal();
  const format = useFormat();
  const now = useNow(60);
  const list = trpc.webhooks.deliveries.useInfiniteQuery(
    { webhookId: webhook.id },
    { getNextPageParam: ({ next }) => next, refetchInterval: LOOK_AGAIN_MS },
  );
  const tries = list.data?.pages.flatMap((page) => page.tries);
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t('title', { name: webhook.name })}
      description={t('detail')}
    >
      {list.isPending && (
        <div aria-busy="true">
          <LoadingLabel />
          <Skeleton className="h-32" />
        </div>
      )}
      {!tries && list.error && (
        <ErrorState
          title={t('failed')}
          onRetry={() => void list.refetch()}
          retrying={list.isFetching}
        >
          {refusalOf(list.error).message}
        </ErrorState>
      )}
      {tries?.length === 0 && <p className="text-quiet text-sm">{t('none')}</p>}
      <ol className="divide-y divide-line">
        {tries?.map((each) => (
          <li key={each.id} className="py-2 text-sm">
            <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <Badge size="sm" tone={each.outcome === 'delivered' ? 'good' : 'bad'}>
                {each.httpStatus ?? t('noAnswer')}
              </Badge>
              <span dir="ltr" className="font-mono text-xs">
                {each.eventType}
              </span>
              <span dir="ltr" className="font-mono text-faint text-xs">
                {each.eventId}
              </span>
              <span className="numerals ms-auto text-quiet text-xs" suppressHydrationWarning>
                {t('took', {
                  ms: format.number(each.milliseconds),
                  time: format.moment(each.at, now),
                })}
              </span>
            </p>
            {each.error && (
              <p className="text-bad-ink" dir="auto">
                {each.error}
              </p>
            )}
            {each.answer && (
              <pre
                dir="ltr"
                className="mt-1 max-h-24 overflow-auto whitespace-pre-wrap break-all rounded-control bg-sunken px-2 py-1 text-start font-mono text-xs"
              >
                {each.answer}
              </pre>
            )}
          </li>
        ))}
      </ol>
      {list.hasNextPage && (
        <Button
          size="sm"
          className="mt-2"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t('older')}
        </Button>
      )}
    </Dialog>
  );
}
