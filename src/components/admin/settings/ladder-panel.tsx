'use client';

import { useTranslations } from 'next-intl';
import { LadderEditor } from '@/components/admin/desk/ladder/ladder-editor';
import { trpc } from '@/trpc/client';

/** What climbs in every kitchen that has no ladder of its own. */
export function LadderPanel() {
  const t = useTranslations('desk.ladder');
  const queries = trpc.useUtils();
  return (
    <section
      aria-labelledby="ladder-title"
      className="rounded-card border border-line bg-raised p-4 sm:p-6"
    >
      <h2 id="ladder-title" className="text-lg">
        {t('title')}
      </h2>
      <p className="mt-1 max-w-2xl text-pretty text-quiet text-sm">{t('forAll.detail')}</p>
      <LadderEditor
        restaurantId={null}
        words={{ own: t('forAll.own'), usual: t('forAll.asUsual') }}
        onSaved={() => void queries.settings.changes.invalidate()}
      />
    </section>
  );
}
