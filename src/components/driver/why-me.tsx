import { Info } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useFormat } from '@/components/shared/use-format';
import type { OfferWhy } from '@/domain/offer';

/** Why this driver is asked, in a line of plain words. */
export function WhyMe({ why }: { why: OfferWhy | null }) {
  const t = useTranslations('driver.why');
  const format = useFormat();
  if (!why) return null;
  const { code, considered, nearer, asked, travelSeconds } = why;
  const reason = {
    nearest: t(nearer > 0 ? 'nearestOfFree' : 'nearest', { considered, nearer }),
    first_wins: t('first_wins', { others: Math.max(0, asked - 1) }),
    best_plan: t('best_plan', { considered }),
  }[code];
  return (
    <p className="numerals mt-4 flex gap-2 text-pretty text-quiet text-sm">
      <Info aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <span>
        {reason}
        {travelSeconds !== null && ` ${t('travel', { time: format.lasting(travelSeconds) })}`}
      </span>
    </p>
  );
}
