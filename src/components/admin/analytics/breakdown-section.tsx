import { Download } from 'lucide-react';
import { useState } from 'react';
import { saveFile } from '@/components/shared/save-file';
import { useRefusal } from '@/components/shared/use-refusal';
import { Button } from '@/components/ui/button';
import { Segmented } from '@/components/ui/segmented';
import { toast } from '@/components/ui/toast';
import {
  type AnalyticsReport,
  BREAKDOWNS,
  type Breakdown,
  comparisonOf,
} from '@/domain/analytics/report';
import { trpc } from '@/trpc/client';
import { type Looking, toQuery } from './analytics-in-url';
import { BreakdownTable } from './breakdown-table';
import { useAnalyticsWords } from './use-analytics-words';

type BreakdownSectionProps = {
  report: AnalyticsReport;
  looking: Looking;
  onLook: (change: Partial<Looking>) => void;
};

/** Hours are read in their order, everything else by what is largest. */
const sortedAtFirst = (by: Breakdown): Partial<Looking> =>
  by === 'hour'
    ? { by, sort: 'name', descending: false }
    : { by, sort: 'orders', descending: true };

/** The same figures zone by zone, kitchen by kitchen, driver by driver, hour by hour; and as a file. */
export function BreakdownSection({ report, looking, onLook }: BreakdownSectionProps) {
  const { t } = useAnalyticsWords();
  const comparison = comparisonOf(looking.by, report.periods);
  return (
    <section aria-labelledby="breakdown-heading" className="mt-10">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <h2 id="breakdown-heading" className="text-base">
          {t('breakdown.title')}
        </h2>
        <div className="flex flex-wrap gap-3 max-sm:w-full">
          <Segmented
            label={t('breakdown.label')}
            value={looking.by}
            onChange={(by) => onLook(sortedAtFirst(by))}
            segments={BREAKDOWNS.map((value) => ({ value, label: t(`breakdown.${value}`) }))}
            className="max-sm:w-full max-sm:[&_label]:px-1.5"
          />
          <DownloadButton looking={looking} />
        </div>
      </div>
      {comparison !== 'none' && (
        <p className="mt-2 text-quiet text-sm">{t(`breakdown.compared.${comparison}`)}</p>
      )}
      <BreakdownTable rows={report.breakdown} looking={looking} onLook={onLook} />
      {report.more > 0 && (
        <p className="mt-3 text-quiet text-sm">{t('breakdown.more', { count: report.more })}</p>
      )}
      <p className="mt-3 max-w-3xl text-pretty text-faint text-xs">{t('legend')}</p>
    </section>
  );
}

function DownloadButton({ looking }: { looking: Looking }) {
  const { t } = useAnalyticsWords();
  const { client } = trpc.useUtils();
  const refusalOf = useRefusal();
  const [busy, setBusy] = useState(false);
  const download = async () => {
    const query = toQuery(looking);
    if (!query) return;
    setBusy(true);
    try {
      const { fileName, content } = await client.analytics.csv.query(query);
      saveFile(fileName, content, 'text/csv');
    } catch (error) {
      const { message, hint } = refusalOf(error);
      toast.error(t('breakdown.failed'), { description: `${message} ${hint}` });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button onClick={() => void download()} loading={busy} className="max-sm:w-full">
      <Download aria-hidden="true" />
      {t('breakdown.download')}
    </Button>
  );
}
