'use client';

import { useEffect } from 'react';
import { useAdminWords } from '@/components/admin/use-admin-words';
import { useRefusal } from '@/components/shared/use-refusal';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import type { OrderView } from '@/domain/views';
import { trpc } from '@/trpc/client';
import { attemptWords } from './attempt-words';

/** Every decision of the dispatcher for this order, the latest first. */
export function Attempts({ view }: { view: OrderView }) {
  const words = useAdminWords();
  const refusalOf = useRefusal();
  const { t, format } = words;
  const { order, offers, versions } = view;
  const { data, error, refetch } = trpc.admin.attempts.useQuery({ orderId: order.id });
  const seen = `${versions.delivery} ${offers.length}`;
  // The server: what the search has done since, whenever the delivery or an offer has changed.
  useEffect(() => {
    if (seen) void refetch();
  }, [seen, refetch]);

  if (error && !data) {
    return (
      <p className="text-quiet text-sm">
        {refusalOf(error).message}{' '}
        <Button size="sm" onClick={() => void refetch()}>
          {t('attempt.retry')}
        </Button>
      </p>
    );
  }
  if (!data) return <Skeleton className="h-12" />;
  if (data.length === 0) {
    return <p className="text-quiet text-sm">{t('attempt.none')}</p>;
  }
  return (
    <ol aria-label={t('story.search')} className="flex flex-col gap-3 text-sm">
      {data.toReversed().map((attempt) => {
        const [outcome, ...others] = attemptWords(attempt, words);
        return (
          <li key={`${attempt.number} ${attempt.at}`} className="flex gap-3">
            <time
              dateTime={attempt.at}
              className="numerals w-14 shrink-0 text-faint text-xs leading-5"
            >
              {format.seconds(attempt.at, order.timeZone)}
            </time>
            <p className="min-w-0 flex-1 text-pretty">
              <span className="font-medium">{outcome}</span>{' '}
              <span className="text-quiet">{others.join(' ')}</span>
              {attempt.nextAttemptAt && (
                <span className="numerals block text-faint text-xs">
                  {t(attempt.outcome === 'hold' ? 'attempt.leaves' : 'attempt.nextTry', {
                    time: format.seconds(attempt.nextAttemptAt, order.timeZone),
                  })}
                </span>
              )}
            </p>
          </li>
        );
      })}
    </ol>
  );
}
