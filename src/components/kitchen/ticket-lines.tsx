'use client';

import { useTranslations } from 'next-intl';
import { LoadingLabel } from '@/components/shared/loading-label';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import type { OrderLine } from '@/domain/order';
import { trpc } from '@/trpc/client';

type TicketLinesProps = { orderId: string; known: OrderLine[] | undefined };

/** What is to be cooked: it never changes, so it is read once. */
export function TicketLines({ orderId, known }: TicketLinesProps) {
  const t = useTranslations('kitchen');
  const read = trpc.kitchen.lines.useQuery(
    { orderId },
    { enabled: known === undefined, staleTime: Number.POSITIVE_INFINITY },
  );
  const lines = known ?? read.data;
  if (!lines) {
    return read.isError ? (
      <Button size="lg" full onClick={() => void read.refetch()} className="mt-3">
        {t('linesFailed')}
      </Button>
    ) : (
      <div className="mt-3 flex flex-col gap-2">
        <LoadingLabel />
        <Skeleton className="h-5 w-4/5" />
        <Skeleton className="h-5 w-3/5" />
      </div>
    );
  }
  return (
    <ul className="mt-3 flex flex-col gap-1.5 border-line border-t pt-3">
      {lines.map((line) => (
        <li key={line.id} className="flex gap-2.5 text-base">
          <span className="numerals heading shrink-0">{t('times', { count: line.quantity })}</span>
          <span className="min-w-0">
            <bdi className="font-medium">{line.name}</bdi>
            {line.options.length > 0 && (
              <span dir="auto" className="block text-quiet text-sm">
                {line.options.map(({ name }) => name).join(', ')}
              </span>
            )}
            {line.note && (
              <span
                dir="auto"
                className="mt-0.5 block rounded-control bg-warn-soft px-2 py-1 text-sm text-warn-ink"
              >
                {line.note}
              </span>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
