'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useNow } from '@/components/shared/clock';
import { useFormat } from '@/components/shared/use-format';
import { cn } from '@/components/ui/cn';
import type { Preview } from '@/domain/replay/preview';
import { FIGURE_NAMES, type FigureRow, type FigureUnit, figureRow } from './figure-rows';

/** Below this a time is said in seconds. */
const SHORT_S = 100;

function useFigureWords() {
  const t = useTranslations('dispatch.preview');
  const format = useFormat();
  return (value: number | null, unit: FigureUnit): string => {
    if (value === null) return t('none');
    switch (unit) {
      case 'count':
        return format.number(value);
      case 'share':
        return t('percent', { value: format.tenths(value * 100) });
      case 'time':
        return value < SHORT_S
          ? format.lasting(value)
          : t('minutes', { value: format.tenths(value / 60) });
      case 'km':
        return t('km', { value: hundredths(value) });
      case 'ratio':
        return hundredths(value);
    }
  };
}

const hundredths = (value: number) => value.toFixed(2);

/** On phones the figures of a row stand below its name. */
const ROW = 'max-sm:grid max-sm:grid-cols-[1fr_1fr_1.35fr]';

/** What happened, the present policy and the changed one side by side. */
export function PreviewTable({ preview }: { preview: Preview }) {
  const t = useTranslations('dispatch');
  const format = useFormat();
  const now = useNow(60);
  const { from, orders, drivers, leftOut, present, changed } = preview;
  return (
    <>
      <table className="numerals mt-4 w-full text-sm max-sm:block">
        <caption
          className="pb-2 text-start text-quiet text-xs max-sm:block"
          suppressHydrationWarning
        >
          {t('preview.stretch', { since: format.moment(from, now), orders, drivers })}
        </caption>
        <thead className="max-sm:block">
          <tr className={cn(ROW, 'border-line border-b text-quiet text-xs')}>
            <th scope="col" className="py-2 text-start align-bottom font-normal max-sm:sr-only">
              {t('preview.figure')}
            </th>
            <Head>{t('preview.recorded')}</Head>
            <Head>{t('preview.present', { policy: t(`kind.${present.kind}.name`) })}</Head>
            <Head>{t('preview.changed', { policy: t(`kind.${changed.kind}.name`) })}</Head>
          </tr>
        </thead>
        <tbody className="divide-y divide-line max-sm:block">
          {FIGURE_NAMES.map((name) => (
            <Row key={name} row={figureRow(name, preview)} />
          ))}
        </tbody>
      </table>
      <p className="mt-3 text-pretty text-faint text-xs">
        {t('preview.model')} {leftOut.orders > 0 && t('preview.leftOut', { count: leftOut.orders })}
      </p>
    </>
  );
}

const Head = ({ children }: { children: string }) => (
  <th scope="col" className="w-32 py-2 ps-3 text-end align-bottom font-normal max-sm:w-auto">
    {children}
  </th>
);

function Row({ row: { name, unit, recorded, present, changed, verdict } }: { row: FigureRow }) {
  const t = useTranslations('dispatch.preview');
  const words = useFigureWords();
  return (
    <tr className={ROW}>
      <th
        scope="row"
        className="py-2 text-start align-top font-normal max-sm:col-span-3 max-sm:pb-0 max-sm:text-quiet max-sm:text-xs"
      >
        {t(`row.${name}`)}
      </th>
      <Cell>{words(recorded, unit)}</Cell>
      <Cell>{words(present, unit)}</Cell>
      <Cell strong>
        {words(changed, unit)}
        {verdict && verdict.kind !== 'same' && (
          <span
            className={cn(
              'block font-normal text-xs',
              verdict.kind === 'better' ? 'text-good-ink' : 'text-bad-ink',
            )}
          >
            {t(verdict.kind, { by: words(verdict.by, unit) })}
          </span>
        )}
        {verdict?.kind === 'same' && (
          <span className="block font-normal text-faint text-xs">{t('same')}</span>
        )}
      </Cell>
    </tr>
  );
}

const Cell = ({ strong = false, children }: { strong?: boolean; children: ReactNode }) => (
  <td className={cn('py-2 ps-3 text-end align-top', strong && 'font-medium')}>{children}</td>
);
