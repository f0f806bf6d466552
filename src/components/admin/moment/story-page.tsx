'use client';

import { ArrowLeft, ScrollText } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useEffect } from 'react';
import { useBoard } from '@/components/admin/admin-shell';
import { LiveBadge } from '@/components/shared/live-badge';
import { LoadingLabel } from '@/components/shared/loading-label';
import { StatusPill } from '@/components/shared/status-pill';
import { headlineWord } from '@/components/shared/status-words';
import { useRefusal } from '@/components/shared/use-refusal';
import { buttonStyle } from '@/components/ui/button-style';
import { cn } from '@/components/ui/cn';
import { ErrorState } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { isOpenOrder } from '@/domain/order';
import type { OrderView } from '@/domain/views';
import { trpc } from '@/trpc/client';
import type { Snapshot } from '@/trpc/live';
import { useLiveOrder } from '@/trpc/use-live-order';
import { BoardPanel } from './board-panel';
import { CustomerPanel } from './customer-panel';
import { DriverPanel } from './driver-panel';
import { lineWords } from './line-words';
import { MapPanel } from './map-panel';
import { StoryLines } from './story-lines';
import { TimeSlider } from './time-slider';
import { useMoment } from './use-moment';
import { useStoryWords } from './use-story-words';

/** What became of notices is not told live: looked at every so often while the order is open. */
const LOOK_AGAIN_MS = 20_000;

/** An order from its first moment to its last: everything on one line, and what everybody saw of it. */
export function StoryPage({ initial }: { initial: Snapshot<OrderView> }) {
  const words = useStoryWords();
  const { story: t } = words;
  const { viewer } = useBoard();
  const { view, live } = useLiveOrder(initial);
  const { order } = view;
  const { timeZone } = order;
  const open = isOpenOrder(order.status);
  const versions = view.timeline.length;
  const story = trpc.log.story.useQuery(
    { orderId: order.id },
    { refetchInterval: open ? LOOK_AGAIN_MS : false },
  );
  const { refetch } = story;
  // The server: the story goes on with each event.
  useEffect(() => {
    if (versions > 0) void refetch();
  }, [versions, refetch]);
  const control = useMoment(order.id, versions);
  const moment = control.query.data ?? null;
  const entries = story.data?.entries ?? [];
  const entry = entries.find(
    (each) => each.what === 'event' && each.event.version === control.version,
  );
  const title = entry ? lineWords(entry, timeZone, words).title : '';
  return (
    <div className="mx-auto max-w-[100rem] px-4 pt-3 pb-16 sm:px-6">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 pb-3">
        <Link
          href={`/admin?order=${order.id}`}
          className="-ms-1 inline-flex min-h-11 items-center gap-1.5 rounded-control px-1 text-quiet text-sm hover:text-ink"
        >
          <ArrowLeft aria-hidden="true" className="size-4 rtl:-scale-x-100" />
          {t('toBoard')}
        </Link>
        <h1 className="numerals text-lg">{t('heading', { number: order.number })}</h1>
        <StatusPill status={headlineWord(view)} />
        <span className="min-w-0 truncate text-quiet text-sm">
          <bdi>{order.restaurantName}</bdi> · <bdi>{order.customerName}</bdi>
        </span>
        <span className="ms-auto flex items-center gap-2">
          {open && <LiveBadge live={live} timeZone={timeZone} />}
          <Link
            href={`/admin/events?order=${order.number}`}
            className={buttonStyle({ variant: 'quiet', size: 'sm' })}
          >
            <ScrollText aria-hidden="true" />
            {t('inLog')}
          </Link>
        </span>
      </div>
      <div className="grid gap-4 lg:grid-cols-[minmax(20rem,26rem)_minmax(0,1fr)] lg:items-start">
        <div className="lg:sticky lg:top-[4.25rem] lg:order-2">
          <TimeSlider control={control} versions={versions} title={title} timeZone={timeZone} />
          <Screens control={control} dimmed={control.query.isPlaceholderData} />
        </div>
        <div className="lg:order-1">
          {story.data && (
            <StoryLines
              entries={entries}
              people={story.data.people}
              me={viewer.userId}
              timeZone={timeZone}
              moment={control.at === null ? null : moment}
              onGo={control.go}
            />
          )}
          {!story.data && <Waiting query={story} />}
        </div>
      </div>
    </div>
  );
}

type ScreensProps = { control: ReturnType<typeof useMoment>; dimmed: boolean };

/** Side by side: the board, the map, the customer's page and the driver's screen. */
function Screens({ control, dimmed }: ScreensProps) {
  const { data: moment } = control.query;
  if (!moment) return <Waiting query={control.query} />;
  return (
    <div
      aria-busy={dimmed}
      className={cn('mt-4 grid gap-4 transition-opacity md:grid-cols-2', dimmed && 'opacity-70')}
    >
      <BoardPanel columns={moment.board} orderId={moment.order.order.id} />
      <CustomerPanel
        view={moment.customer}
        seesCourier={moment.customerSeesCourier}
        at={moment.at}
      />
      <DriverPanel view={moment.driver} at={moment.at} />
      <MapPanel order={moment.order} courier={moment.courier} at={moment.at} />
    </div>
  );
}

type WaitingProps = {
  query: { error: unknown; refetch: () => unknown; isFetching: boolean };
};

function Waiting({ query: { error, refetch, isFetching } }: WaitingProps): ReactNode {
  const { story } = useStoryWords();
  const refusalOf = useRefusal();
  if (error) {
    return (
      <ErrorState title={story('failed')} onRetry={() => void refetch()} retrying={isFetching}>
        {refusalOf(error).message} {refusalOf(error).hint}
      </ErrorState>
    );
  }
  return (
    <div className="mt-4 flex flex-col gap-3" aria-busy="true">
      <LoadingLabel />
      <Skeleton className="h-24" />
      <Skeleton className="h-40" />
      <Skeleton className="h-40" />
    </div>
  );
}
