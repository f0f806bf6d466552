import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useNow } from '@/components/shared/clock';
import { Money } from '@/components/shared/money';
import { type EarnedToday, earnedBy, sumEarned } from '@/domain/driver-view';

/** Today's earnings; the way to the history. */
export function EarningsLink({ earned }: { earned: EarnedToday }) {
  const t = useTranslations('driver.earnings');
  const today = earnedBy(earned, useNow(60));
  const count = today.deliveries.length;
  return (
    <Link
      href="/driver/history"
      className="flex min-h-18 items-center gap-4 rounded-card border border-line bg-raised px-5 py-3 transition-colors hover:bg-hover"
    >
      <span className="min-w-0 flex-1">
        <span className="block text-quiet text-sm">{t('today')}</span>
        <Money amount={sumEarned(today)} currency={today.currency} className="heading text-lg" />
      </span>
      <span className="numerals text-quiet text-sm">{t('count', { count })}</span>
      <ChevronRight aria-hidden="true" className="size-5 text-faint rtl:-scale-x-100" />
    </Link>
  );
}
