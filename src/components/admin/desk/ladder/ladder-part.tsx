'use client';

import { useTranslations } from 'next-intl';
import type { Desk } from '@/components/admin/desk/use-desk';
import { LadderEditor } from './ladder-editor';

/** What climbs, and when, while this kitchen has not seen something. */
export function LadderPart({ desk: { desk } }: { desk: Desk }) {
  const t = useTranslations('desk.ladder');
  return (
    <section aria-labelledby="ladder-title" className="mt-6">
      <h2 id="ladder-title" className="text-base">
        {t('title')}
      </h2>
      <p className="mt-1 max-w-xl text-pretty text-quiet text-sm">{t('detail')}</p>
      <LadderEditor
        restaurantId={desk.restaurant.id}
        words={{ own: t('own'), usual: t('asAll') }}
      />
    </section>
  );
}
