import { cn } from '@/components/ui/cn';
import type { StageAccuracy } from '@/domain/eta-accuracy';
import { ENOUGH_SAMPLES, TARGET_SHARE } from '@/domain/eta-window';
import { useEtaWords } from './use-eta-words';

/** Below the target by no more than this still is as promised. */
const CLOSE_SHARE = 0.05;

const width = (share: number) => `${(share * 100).toFixed(1)}%`;

/** One thing: the share of arrivals inside the window, stage by stage, against what is promised. */
export function EtaPlot({ rows }: { rows: readonly StageAccuracy[] }) {
  const { t, percent } = useEtaWords();
  return (
    <section aria-labelledby="plot-heading" className="mt-10">
      <h2 id="plot-heading" className="text-base">
        {t('plot.title')}
      </h2>
      <div className="mt-4 rounded-card border border-line bg-raised px-4 pt-4 pb-5 sm:px-6">
        <div aria-hidden="true" className="relative me-15 h-6 sm:ms-64">
          <span
            style={{ insetInlineStart: width(TARGET_SHARE) }}
            className="numerals absolute -translate-x-1/2 whitespace-nowrap font-medium text-quiet text-xs rtl:translate-x-1/2"
          >
            {t('target')}
          </span>
        </div>
        <ul className="flex flex-col gap-4">
          {rows.map((row) => (
            <li
              key={row.stage}
              className="gap-x-4 sm:grid sm:grid-cols-[15rem_minmax(0,1fr)] sm:items-center"
            >
              <p className="text-sm max-sm:mb-1.5">
                <span className="sr-only">
                  {t('plot.stage', {
                    stage: t(`stage.${row.stage}`),
                    inside: percent(row.covered),
                    early: percent(row.early),
                    late: percent(row.late),
                  })}
                </span>
                <span aria-hidden="true">{t(`stage.${row.stage}`)}</span>
                {row.shown < ENOUGH_SAMPLES && (
                  <span className="block text-faint text-xs">{t('plot.few')}</span>
                )}
              </p>
              <Bar row={row} />
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

function Bar({ row }: { row: StageAccuracy }) {
  const { percent } = useEtaWords();
  const kept = row.covered >= TARGET_SHARE - CLOSE_SHARE;
  const few = row.shown < ENOUGH_SAMPLES;
  return (
    <div aria-hidden="true" className="flex items-center gap-3">
      <div className="relative h-8 flex-1 rounded-control bg-sunken">
        <div
          style={{ width: width(row.covered) }}
          className={cn(
            'h-full rounded-control transition-[width] duration-500 ease-settle',
            few ? 'bg-edge' : kept ? 'bg-good' : 'bg-warn',
          )}
        />
        <div
          style={{ insetInlineStart: width(TARGET_SHARE) }}
          className="absolute inset-y-[-8px] w-0.5 bg-ink"
        />
      </div>
      <span className="numerals w-12 text-end font-semibold text-sm">{percent(row.covered)}</span>
    </div>
  );
}
