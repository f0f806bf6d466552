import { Clock3, Star } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useFormat } from '@/components/shared/use-format';
import type { RestaurantImage } from '@/domain/restaurant';

/** 4.6 with its star, or “New”. */
export function Rating({ restaurant }: { restaurant: RestaurantImage }) {
  const t = useTranslations('shared.restaurant');
  const { number, tenths } = useFormat();
  if (restaurant.rating === null) {
    return <span className="shrink-0 font-medium text-info-ink text-xs">{t('new')}</span>;
  }
  return (
    <span className="numerals flex shrink-0 items-center gap-1 text-sm">
      <Star aria-hidden="true" className="size-3.5 fill-current text-accent" />
      <span className="sr-only">{t('rated')}</span>
      <span className="font-medium">{tenths(restaurant.rating)}</span>
      <span className="text-faint text-xs">({number(restaurant.ratingCount)})</span>
    </span>
  );
}

type ClosedProps = { opensAt: string | null; now: Date; timeZone: string };

/** When a closed restaurant opens again, in words. */
export function useClosedWords(): (closed: ClosedProps) => string {
  const t = useTranslations('shared.restaurant');
  const { moment } = useFormat();
  return ({ opensAt, now, timeZone }) =>
    opensAt ? t('closedUntil', { time: moment(opensAt, now, timeZone) }) : t('closed');
}

export function ClosedBadge(props: ClosedProps) {
  const closedWords = useClosedWords();
  return (
    <span className="numerals flex items-center gap-1.5 rounded-full bg-raised px-2.5 py-1 font-medium text-ink text-xs shadow-float">
      <Clock3 aria-hidden="true" className="size-3.5" />
      <span suppressHydrationWarning>{closedWords(props)}</span>
    </span>
  );
}
