'use client';

import { useTranslations } from 'next-intl';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { Retention, Terms } from '@/domain/settings';
import { SectionPanel } from './section-panel';
import { useSection } from './use-section';

/** The figures of each section in the order of the page, with their units. */
const FIGURES = {
  terms: [
    { field: 'driverPayBase', unit: 'money' },
    { field: 'driverPayPerKm', unit: 'money' },
    { field: 'taxBp', unit: 'basisPoints' },
  ],
  retention: [
    { field: 'positionDays', unit: 'days' },
    { field: 'messageDays', unit: 'days' },
    { field: 'noticeDays', unit: 'days' },
    { field: 'proofDays', unit: 'days' },
    { field: 'eventDays', unit: 'days' },
  ],
} as const;

type FiguresPanelProps = (
  | { section: 'terms'; stored: { value: Terms; version: number } }
  | { section: 'retention'; stored: { value: Retention; version: number } }
) & { onSaved: () => Promise<unknown> };

type Typed = Readonly<Record<string, string>>;

const typedOf = (value: Terms | Retention): Typed =>
  Object.fromEntries(Object.entries(value).map(([field, figure]) => [field, `${figure ?? ''}`]));

/** What is no number stays as it was typed, so that the check can name it. */
const documentOf = (typed: Typed): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(typed).map(([field, text]) => {
      const figure = Number(text.trim());
      if (text.trim() === '') return [field, null];
      return [field, Number.isNaN(figure) ? text : figure];
    }),
  );

/** A section that is made of figures. */
export function FiguresPanel({ section, stored, onSaved }: FiguresPanelProps) {
  const t = useTranslations('settings');
  const typed = { value: typedOf(stored.value), version: stored.version };
  const form = useSection(section, typed, onSaved);
  const { refusal } = form;
  const wrongField = refusal?.reason === 'setting_invalid' ? refusal.data.field : null;
  const problemOf = (field: string): string | undefined => {
    if (!refusal || wrongField !== field) return undefined;
    const { problem, limit } = refusal.data;
    if (problem === 'too_small' || problem === 'too_big') {
      return t(`problem.${problem}`, { limit: String(limit) });
    }
    return t('problem.not_whole');
  };
  return (
    <SectionPanel
      title={t(`${section}.title`)}
      detail={t(`${section}.detail`)}
      form={{
        ...form,
        problem: refusal && !wrongField ? `${refusal.message} ${refusal.hint ?? ''}` : null,
        onSave: () => form.save(documentOf(form.value)),
        onDiscard: form.discard,
      }}
    >
      <div className="grid gap-x-6 gap-y-5 sm:grid-cols-2">
        {FIGURES[section].map(({ field, unit }) => (
          <Field
            key={field}
            label={t(`figure.${field}.name`)}
            hint={t(`figure.${field}.hint`)}
            aside={t(`unit.${unit}`)}
            error={problemOf(field)}
          >
            {(control) => (
              <Input
                {...control}
                dir="ltr"
                inputMode="numeric"
                autoComplete="off"
                value={form.value[field] ?? ''}
                onChange={(event) => form.change({ ...form.value, [field]: event.target.value })}
                className="numerals"
              />
            )}
          </Field>
        ))}
      </div>
    </SectionPanel>
  );
}
