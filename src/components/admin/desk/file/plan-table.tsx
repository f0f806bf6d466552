import { CircleAlert, CirclePlus, Equal, PencilLine } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useFormat } from '@/components/shared/use-format';
import { Badge } from '@/components/ui/badge';
import type { MenuPreview, PlanChange, PlanLine } from '@/domain/menu-file/plan-menu';

const LOOKS = {
  created: { tone: 'good', icon: CirclePlus },
  changed: { tone: 'info', icon: PencilLine },
  unchanged: { tone: 'neutral', icon: Equal },
  refused: { tone: 'bad', icon: CircleAlert },
} as const;
const OUTCOMES = ['created', 'changed', 'unchanged', 'refused'] as const;

/** What a file would do, line by line. */
export function PlanTable({ preview, currency }: { preview: MenuPreview; currency: string }) {
  const t = useTranslations('desk.file');
  if (preview.kind === 'unreadable') {
    const { code, about } = preview.problem;
    return (
      <p
        role="alert"
        className="flex items-start gap-2 rounded-control bg-bad-soft px-3 py-2.5 text-bad-ink text-sm"
      >
        <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
        {t(`problem.${code}`, { about })}
      </p>
    );
  }
  const { lines } = preview;
  const count = (outcome: PlanLine['outcome']) =>
    lines.filter((line) => line.outcome === outcome).length;
  return (
    <section aria-labelledby="plan" className="mt-6">
      <h3 id="plan" className="text-base">
        {t('plan')}
      </h3>
      <p role="status" className="numerals mt-1 text-quiet text-sm">
        {OUTCOMES.map((outcome) => t(`count.${outcome}`, { count: count(outcome) })).join(' · ')}
      </p>
      <ol className="mt-3 divide-y divide-line rounded-card border border-line bg-raised">
        {lines.map((line) => (
          <li
            key={`${line.line} ${line.outcome}`}
            className="grid grid-cols-[3rem_1fr] items-start gap-x-3 gap-y-1 px-4 py-2.5 text-sm sm:grid-cols-[3rem_1fr_auto]"
          >
            <span className="numerals pt-0.5 text-faint text-xs">
              <span className="sr-only">{t('line')} </span>
              {line.line}
            </span>
            <div className="min-w-0">
              <p className="truncate">
                <bdi className="font-medium">{line.name}</bdi>{' '}
                <span className="text-quiet">
                  <bdi>{line.section}</bdi>
                </span>
              </p>
              {line.outcome === 'refused' && (
                <p className="mt-0.5 text-bad-ink">{t(`refused.${line.problem}`)}</p>
              )}
              {line.outcome === 'changed' &&
                line.changes.map((change) => (
                  <Change key={change.field} change={change} currency={currency} />
                ))}
            </div>
            <Outcome outcome={line.outcome} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Outcome({ outcome }: { outcome: PlanLine['outcome'] }) {
  const t = useTranslations('desk.file');
  const { tone, icon: Icon } = LOOKS[outcome];
  return (
    <Badge tone={tone} className="max-sm:col-start-2 max-sm:justify-self-start">
      <Icon aria-hidden="true" />
      {t(`outcome.${outcome}`)}
    </Badge>
  );
}

function Change({ change, currency }: { change: PlanChange; currency: string }) {
  const t = useTranslations('desk.file');
  const { money } = useFormat();
  const said = (value: string) => {
    if (value === '') return t('nothing');
    if (change.field === 'price') return money(Number(value), currency);
    return change.field === 'soldOut' ? t(value === 'yes' ? 'yes' : 'no') : value;
  };
  return (
    <p className="numerals mt-0.5 text-pretty text-quiet">
      {t(`field.${change.field}`)}:{' '}
      <del className="decoration-faint">
        <span className="sr-only">{t('from')} </span>
        <bdi>{said(change.before)}</bdi>
      </del>{' '}
      <ins className="text-ink no-underline">
        <span className="sr-only">{t('to')} </span>
        <bdi>{said(change.after)}</bdi>
      </ins>
    </p>
  );
}
