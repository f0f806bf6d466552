'use client';

import { MailCheck, RotateCcw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useNow } from '@/components/shared/clock';
import { LoadingLabel } from '@/components/shared/loading-label';
import { useAction } from '@/components/shared/use-action';
import { useRefusal } from '@/components/shared/use-refusal';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { toast } from '@/components/ui/toast';
import type { LettersHandled } from '@/domain/dead-letter';
import { trpc } from '@/trpc/client';
import { DeadLetterRow } from './dead-letter-row';
import { DiscardDialog } from './discard-dialog';
import { LogTabs } from './log-tabs';

type Letters = string[] | 'all';
const LOOK_AGAIN_MS = 10_000;

/** What could not be delivered to the outside, and what becomes of it. */
export function DeadLettersPage() {
  const t = useTranslations('log.dead');
  const refusalOf = useRefusal();
  const now = useNow(60);
  const list = trpc.log.deadLetters.useInfiniteQuery(
    {},
    { getNextPageParam: ({ next }) => next, refetchInterval: LOOK_AGAIN_MS },
  );
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [discarding, setDiscarding] = useState<Letters | null>(null);
  const [all, setAll] = useState(false);
  const tell = useTold();
  const onDone = (handled: LettersHandled, what: 'redriven' | 'discarded') => {
    tell(handled, what);
    setChosen(new Set());
    setAll(false);
    setDiscarding(null);
    void list.refetch();
  };
  const redrive = useAction(trpc.log.redrive.useMutation(), {
    onDone: (handled) => onDone(handled, 'redriven'),
  });
  const discard = useAction(trpc.log.discard.useMutation(), {
    onDone: (handled) => onDone(handled, 'discarded'),
  });
  const letters = list.data?.pages.flatMap((page) => page.letters) ?? [];
  const total = list.data?.pages[0]?.total ?? 0;
  // What is gone from the list is not chosen any more.
  const picked = letters.filter(({ id }) => chosen.has(id)).map(({ id }) => id);
  const choose = (ids: readonly string[], on: boolean) =>
    setChosen((before) => {
      const after = new Set(before);
      for (const id of ids)
        if (on) after.add(id);
        else after.delete(id);
      return after;
    });
  return (
    <div className="mx-auto max-w-6xl px-4 pt-5 pb-20 sm:px-6">
      <h1 className="text-xl">{t('title')}</h1>
      <LogTabs />
      <p className="max-w-2xl text-pretty py-4 text-quiet text-sm">{t('detail')}</p>
      {list.error && !list.data && (
        <ErrorState
          title={t('failed')}
          onRetry={() => void list.refetch()}
          retrying={list.isFetching}
        >
          {refusalOf(list.error).message} {refusalOf(list.error).hint}
        </ErrorState>
      )}
      {list.isPending && (
        <div className="flex flex-col gap-2" aria-busy="true">
          <LoadingLabel />
          <Skeleton className="h-16" />
          <Skeleton className="h-16" />
        </div>
      )}
      {list.data && letters.length === 0 && (
        <EmptyState icon={MailCheck} title={t('none')}>
          {t('noneDetail')}
        </EmptyState>
      )}
      {letters.length > 0 && (
        <>
          <div className="flex flex-wrap items-center gap-2 pb-3">
            <Checkbox
              checked={picked.length === letters.length}
              onChange={(on) =>
                choose(
                  letters.map(({ id }) => id),
                  on,
                )
              }
              label={t('chosen', { count: picked.length, total })}
              className="me-auto"
            />
            <Button
              size="sm"
              disabled={picked.length === 0}
              loading={redrive.pending}
              onClick={() => redrive.run({ letters: picked })}
            >
              <RotateCcw aria-hidden="true" />
              {t('redrive')}
            </Button>
            <Button
              size="sm"
              variant="danger-quiet"
              disabled={picked.length === 0}
              onClick={() => setDiscarding(picked)}
            >
              {t('discard')}
            </Button>
            <Button size="sm" variant="quiet" onClick={() => setAll(true)}>
              {t('redriveAll', { count: total })}
            </Button>
          </div>
          <ul
            aria-label={t('title')}
            className="overflow-hidden rounded-card border border-line bg-raised"
          >
            {letters.map((letter) => (
              <DeadLetterRow
                key={letter.id}
                letter={letter}
                now={now}
                chosen={chosen.has(letter.id)}
                onChoose={(on) => choose([letter.id], on)}
                onRedrive={() => redrive.run({ letters: [letter.id] })}
                onDiscard={() => setDiscarding([letter.id])}
              />
            ))}
          </ul>
          {list.hasNextPage && (
            <Button
              onClick={() => void list.fetchNextPage()}
              loading={list.isFetchingNextPage}
              className="mt-4"
            >
              {t('older')}
            </Button>
          )}
        </>
      )}
      <ConfirmDialog
        open={all}
        onOpenChange={setAll}
        title={t('allTitle', { count: total })}
        description={t('allDetail')}
        confirmLabel={t('redrive')}
        loading={redrive.pending}
        onConfirm={() => redrive.run({ letters: 'all' })}
      />
      <DiscardDialog
        letters={discarding}
        pending={discard.pending}
        onClose={() => setDiscarding(null)}
        onDiscard={(reason) => discarding && discard.run({ letters: discarding, reason })}
      />
    </div>
  );
}

/** Says what was done, and of what somebody was quicker with, by whom. */
function useTold() {
  const t = useTranslations('log.dead');
  return ({ done, passed, left }: LettersHandled, what: 'redriven' | 'discarded') => {
    const by = passed.find(({ handledBy }) => handledBy)?.handledBy;
    const rest = left > 0 ? t('left', { count: left }) : undefined;
    if (passed.length > 0) {
      const count = passed.length;
      toast.info(by ? t('quickerBy', { name: by, count }) : t('quicker', { count }), {
        description: done > 0 ? t(what, { count: done }) : rest,
      });
    } else toast.success(t(what, { count: done }), { description: rest });
  };
}
