'use client';

import { ArrowLeft, ExternalLink } from 'lucide-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { PauseButton } from '@/components/admin/restaurants/pause-button';
import { RestaurantStatus, useUntilWords } from '@/components/admin/restaurants/restaurant-status';
import { useNow } from '@/components/shared/clock';
import { cn } from '@/components/ui/cn';
import type { RestaurantDesk } from '@/domain/restaurant-desk';
import { AreaPart } from './area/area-part';
import { DetailsPart } from './details-part';
import { FilePart } from './file/file-part';
import { HoursPart } from './hours/hours-part';
import { LadderPart } from './ladder/ladder-part';
import { MenuPart } from './menu/menu-part';
import { type Desk, useDesk } from './use-desk';

const PARTS = ['menu', 'details', 'hours', 'area', 'ladder', 'file'] as const;
type Part = (typeof PARTS)[number];

const VIEWS: Record<Part, (props: { desk: Desk }) => React.ReactNode> = {
  menu: MenuPart,
  details: DetailsPart,
  hours: HoursPart,
  area: AreaPart,
  ladder: LadderPart,
  file: FilePart,
};

/** One restaurant with everything that an admin edits of it, a part at a time. */
export function DeskPage({ initial, cursor }: { initial: RestaurantDesk; cursor: string }) {
  const t = useTranslations('desk');
  const now = useNow(15);
  const desk = useDesk(initial, cursor);
  const { restaurant } = desk.desk;
  const asked = useSearchParams().get('part');
  const part = PARTS.find((each) => each === asked) ?? 'menu';
  const until = useUntilWords()({ restaurant, now });
  const View = VIEWS[part];
  return (
    <div className="mx-auto max-w-4xl px-4 pt-6 pb-20 sm:px-6">
      <Link
        href="/admin/restaurants"
        className="inline-flex min-h-11 items-center gap-1.5 text-quiet text-sm hover:text-ink"
      >
        <ArrowLeft aria-hidden="true" className="size-4 rtl:-scale-x-100" />
        {t('all')}
      </Link>
      <div className="mt-1 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 className="text-xl">
            <bdi>{restaurant.name}</bdi>
          </h1>
          <p className="numerals mt-1.5 flex flex-wrap items-center gap-2 text-quiet text-sm">
            <RestaurantStatus restaurant={restaurant} now={now} />
            <span suppressHydrationWarning>{until ?? restaurant.cuisine}</span>
            <Link
              href={`/r/${restaurant.slug}`}
              target="_blank"
              className="inline-flex items-center gap-1 underline decoration-line underline-offset-4 hover:text-ink"
            >
              {t('asCustomer')}
              <ExternalLink aria-hidden="true" className="size-3.5" />
            </Link>
          </p>
        </div>
        <PauseButton restaurant={restaurant} now={now} />
      </div>
      <nav
        aria-label={t('parts')}
        className="-mx-4 mt-5 flex gap-1 overflow-x-auto border-line border-b px-4 sm:mx-0 sm:px-0"
      >
        {PARTS.map((each) => (
          <Link
            key={each}
            href={`/admin/restaurants/${restaurant.id}?part=${each}`}
            aria-current={each === part ? 'page' : undefined}
            scroll={false}
            className={cn(
              '-mb-px flex h-11 shrink-0 items-center border-b-2 px-3 font-medium text-sm focus-visible:-outline-offset-2',
              each === part
                ? 'border-accent text-ink'
                : 'border-transparent text-quiet hover:text-ink',
            )}
          >
            {t(`part.${each}`)}
          </Link>
        ))}
      </nav>
      <View desk={desk} />
    </div>
  );
}
