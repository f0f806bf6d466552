'use client';

import { TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId } from 'react';
import { Button } from '@/components/ui/button';

type SectionPanelProps = {
  title: string;
  detail: string;
  /** What can be done with what stands in the form. */
  form: {
    changed: boolean;
    overtaken: boolean;
    pending: boolean;
    problem: string | null;
    onSave: () => void;
    onDiscard: () => void;
  };
  children: ReactNode;
};

/** One section of the settings with its way to save. */
export function SectionPanel({ title, detail, form, children }: SectionPanelProps) {
  const t = useTranslations('settings');
  const id = useId();
  const warning = form.overtaken ? t('overtaken') : form.problem;
  return (
    <form
      noValidate
      aria-labelledby={id}
      onSubmit={(event) => {
        event.preventDefault();
        form.onSave();
      }}
      className="rounded-card border border-line bg-raised p-4 sm:p-6"
    >
      <h2 id={id} className="text-lg">
        {title}
      </h2>
      <p className="mt-1 max-w-2xl text-pretty text-quiet text-sm">{detail}</p>
      <div className="mt-5">{children}</div>
      {warning && (
        <p
          role="status"
          className="mt-4 flex items-start gap-2 rounded-control bg-warn-soft px-3 py-2.5 text-sm text-warn-ink"
        >
          <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          {warning}
        </p>
      )}
      {form.changed && (
        <div className="mt-5 flex flex-wrap justify-end gap-3 border-line border-t pt-4">
          <Button variant="quiet" onClick={form.onDiscard}>
            {t('discard')}
          </Button>
          <Button type="submit" variant="primary" loading={form.pending} disabled={form.overtaken}>
            {t('save')}
          </Button>
        </div>
      )}
    </form>
  );
}
