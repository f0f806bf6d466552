import { TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import type { RefusalWords } from '@/trpc/refusal';

type SaveBarProps = {
  changed: boolean;
  overtaken: boolean;
  changedBy: string | null;
  pending: boolean;
  refusal: RefusalWords | null;
  /** What is wrong with what was typed. */
  wrong?: string | undefined;
  /** When it counts; by default at once, for customers. */
  effect?: string;
  onDiscard: () => void;
};

/** The end of a form: what is in the way, back to what stands, save. */
export function SaveBar({
  changed,
  overtaken,
  changedBy,
  pending,
  refusal,
  wrong,
  effect,
  onDiscard,
}: SaveBarProps) {
  const t = useTranslations('desk.save');
  const refused = refusal && `${refusal.message} ${refusal.hint ?? ''}`;
  const warning = overtaken
    ? changedBy
      ? t('overtakenBy', { name: changedBy })
      : t('overtaken')
    : (wrong ?? refused);
  return (
    <div className="mt-8 border-line border-t pt-4">
      {warning && (
        <p
          role="alert"
          className="mb-4 flex items-start gap-2 rounded-control bg-warn-soft px-3 py-2.5 text-sm text-warn-ink"
        >
          <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          <span>{warning}</span>
        </p>
      )}
      <div className="flex flex-wrap items-center justify-end gap-3">
        <p className="me-auto text-quiet text-sm">{effect ?? t('effect')}</p>
        {changed && (
          <Button variant="quiet" onClick={onDiscard}>
            {t(overtaken ? 'takeTheirs' : 'discard')}
          </Button>
        )}
        <Button type="submit" variant="primary" disabled={!changed || overtaken} loading={pending}>
          {t('save')}
        </Button>
      </div>
    </div>
  );
}
