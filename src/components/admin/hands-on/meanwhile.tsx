'use client';

import { CircleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useNow } from '@/components/shared/clock';
import type { Change } from '@/domain/hands-on';
import type { RefusalWords } from '@/trpc/refusal';
import { changesIn } from './change-list';
import { useChangeWords } from './use-change-words';

type MeanwhileProps = {
  /** By the live view. */
  changes: readonly Change[];
  /** By the server, which had the last word. */
  refusal: RefusalWords | null;
  onLookAgain: () => void;
};

/** Who was faster while a dialog was open, and how to go on; or why else it was refused. */
export function Meanwhile({ changes, refusal, onLookAgain }: MeanwhileProps) {
  const t = useTranslations('handsOn.meanwhile');
  const changeWords = useChangeWords();
  const now = useNow(10);
  const told = refusal ? changesIn(refusal.data) : [];
  const all = changes.length > 0 ? changes : told;
  if (all.length === 0 && !refusal) return null;
  if (all.length === 0) {
    return (
      <Warning>
        {refusal?.message} {refusal?.hint}
      </Warning>
    );
  }
  return (
    <Warning>
      <span className="block font-medium">{t('title')}</span>
      {all.map((change) => (
        <span key={`${change.type} ${change.at}`} className="block">
          {changeWords(change, now)}
        </span>
      ))}
      <button
        type="button"
        onClick={onLookAgain}
        className="mt-1 inline-flex min-h-6 items-center rounded-control font-medium underline underline-offset-4"
      >
        {t('again')}
      </button>
    </Warning>
  );
}

export const Warning = ({ children }: { children: ReactNode }) => (
  <div role="alert" className="flex gap-2 rounded-control bg-bad-soft p-3 text-bad-ink text-sm">
    <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
    <div className="min-w-0">{children}</div>
  </div>
);
