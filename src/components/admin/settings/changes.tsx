'use client';

import { useTranslations } from 'next-intl';
import { useNow } from '@/components/shared/clock';
import { useFormat } from '@/components/shared/use-format';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { CHANGE_AREAS, CHANGE_TYPES } from '@/domain/changes';
import { type RouterOutputs, trpc } from '@/trpc/client';

type Change = RouterOutputs['settings']['changes']['changes'][number];

/** Who changed what, the latest first. */
export function Changes() {
  const t = useTranslations('settings.changes');
  const list = trpc.settings.changes.useInfiniteQuery(
    { areas: [...CHANGE_AREAS] },
    { getNextPageParam: ({ nextCursor }) => nextCursor },
  );
  const changes = list.data?.pages.flatMap((page) => page.changes);
  return (
    <section aria-labelledby="changes-title">
      <h2 id="changes-title" className="text-lg">
        {t('title')}
      </h2>
      <p className="mt-1 text-quiet text-sm">{t('detail')}</p>
      {list.isPending && <Skeleton className="mt-3 h-24" />}
      {!changes && list.error && (
        <p role="alert" className="mt-3 text-bad-ink text-sm">
          {t('failed')}
        </p>
      )}
      {changes?.length === 0 && <p className="mt-3 text-quiet text-sm">{t('none')}</p>}
      {changes && changes.length > 0 && (
        <ol className="mt-3 divide-y divide-line overflow-hidden rounded-card border border-line bg-raised">
          {changes.map((change) => (
            <ChangeRow key={change.id} change={change} />
          ))}
        </ol>
      )}
      {list.hasNextPage && (
        <Button
          className="mt-3"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t('more')}
        </Button>
      )}
    </section>
  );
}

function ChangeRow({ change }: { change: Change }) {
  const t = useTranslations('settings.changes');
  const format = useFormat();
  const now = useNow(60);
  const known = CHANGE_TYPES.find((type) => type === change.type);
  const what = known ? t(known) : change.type;
  const byHand = change.actor.startsWith('database:') ? t('byDatabase') : t('bySystem');
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5 px-4 py-2.5 text-sm">
      <span>{change.subject ? t('about', { what, subject: change.subject }) : what}</span>
      <span className="numerals text-quiet" suppressHydrationWarning>
        <bdi>{change.by ?? byHand}</bdi>, {format.moment(change.at, now)}
      </span>
    </li>
  );
}
