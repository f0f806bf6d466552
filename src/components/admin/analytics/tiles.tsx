import { ArrowDown, ArrowUp, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';
import type { AnalyticsReport, Summary } from '@/domain/analytics/report';
import { type Compared, movedOf, toneOf } from './moved';
import { type AnalyticsWords, useAnalyticsWords } from './use-analytics-words';

type Tile = Compared & {
  key: 'orders' | 'revenue' | 'delivery' | 'kept' | 'acceptance' | 'utilisation';
  value: (of: Summary) => number | null;
  words: (of: Summary) => string;
  detail: string;
};

function tilesOf(words: AnalyticsWords, { total }: AnalyticsReport): Tile[] {
  const { t, percent, duration, number, revenue } = words;
  const share = (key: 'kept' | 'acceptance' | 'utilisation', better: Tile['better']): Tile => ({
    key,
    value: (of) => of[key],
    words: (of) => percent(of[key]),
    detail: t(`tile.${key}Detail`),
    isShare: true,
    better,
  });
  return [
    {
      key: 'orders',
      value: ({ orders }) => orders,
      words: ({ orders }) => number(orders),
      detail: t('tile.delivered', { count: total.delivered }),
      isShare: false,
      better: 'more',
    },
    {
      key: 'revenue',
      value: (of) => (of.revenue.length === 1 ? (of.revenue[0]?.amount ?? null) : null),
      words: (of) => revenue(of.revenue),
      detail: t('tile.revenueDetail'),
      isShare: false,
      better: 'more',
    },
    {
      key: 'delivery',
      value: ({ deliveryMedian }) => deliveryMedian,
      words: ({ deliveryMedian }) => duration(deliveryMedian),
      detail: t('tile.p90', { value: duration(total.deliveryP90) }),
      isShare: false,
      better: 'less',
    },
    share('kept', 'more'),
    share('acceptance', 'more'),
    share('utilisation', null),
  ];
}

/** What counts most, each against the period before. */
export function Tiles({ report }: { report: AnalyticsReport }) {
  const words = useAnalyticsWords();
  return (
    <dl className="mt-6 grid grid-cols-2 gap-3 lg:grid-cols-3">
      {tilesOf(words, report).map((tile) => (
        <div
          key={tile.key}
          data-tile={tile.key}
          className="rounded-card border border-line bg-raised px-4 py-3.5"
        >
          <dt className="text-quiet text-sm">{words.t(`tile.${tile.key}`)}</dt>
          <dd>
            <p className="numerals heading mt-1 text-lg sm:text-xl">{tile.words(report.total)}</p>
            <p className="numerals text-quiet text-xs">{tile.detail}</p>
            <Change tile={tile} report={report} words={words} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

type ChangeProps = { tile: Tile; report: AnalyticsReport; words: AnalyticsWords };

/** A direction by its arrow and its words; good or bad by colour besides. */
function Change({ tile, report, words }: ChangeProps): ReactNode {
  const { t, percent, points } = words;
  const moved = movedOf(tile.value(report.total), tile.value(report.before), tile);
  const line = 'numerals mt-2 flex items-start gap-1 text-xs';
  if (moved === null) return <p className={cn(line, 'text-faint')}>{t('tile.nothing')}</p>;
  const before = tile.words(report.before);
  if (moved.direction === 'same') {
    return (
      <p className={cn(line, 'text-quiet')}>
        <Minus aria-hidden="true" className="size-4 shrink-0" />
        {t('tile.same', { before })}
      </p>
    );
  }
  const { direction, by } = moved;
  const Arrow = direction === 'more' ? ArrowUp : ArrowDown;
  return (
    <p className={cn(line, toneOf(moved))}>
      <Arrow aria-hidden="true" className="size-4 shrink-0" />
      {t(`tile.${direction}`, {
        change: tile.isShare ? points(by) : percent(by),
        before,
      })}
    </p>
  );
}
