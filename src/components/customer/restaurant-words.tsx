import { Clock3, Star } from 'lucide-react';
import { momentWords } from '@/components/shared/time-words';
import type { RestaurantImage } from '@/domain/restaurant';

/** 4.6 with its star, or “New”. */
export function Rating({ restaurant }: { restaurant: RestaurantImage }) {
  if (restaurant.rating === null) {
    return <span className="shrink-0 font-medium text-info-ink text-xs">New</span>;
  }
  return (
    <span className="numerals flex shrink-0 items-center gap-1 text-sm">
      <Star aria-hidden="true" className="size-3.5 fill-current text-accent" />
      <span className="sr-only">Rated</span>
      <span className="font-medium">{restaurant.rating.toFixed(1)}</span>
      <span className="text-faint text-xs">({restaurant.ratingCount})</span>
    </span>
  );
}

type ClosedProps = { opensAt: string | null; now: Date; timeZone: string };

export const closedWords = ({ opensAt, now, timeZone }: ClosedProps): string =>
  opensAt ? `Closed until ${momentWords(opensAt, now, timeZone)}` : 'Closed for now';

export const ClosedBadge = (props: ClosedProps) => (
  <span className="numerals flex items-center gap-1.5 rounded-full bg-raised px-2.5 py-1 font-medium text-ink text-xs shadow-float">
    <Clock3 aria-hidden="true" className="size-3.5" />
    <span suppressHydrationWarning>{closedWords(props)}</span>
  </span>
);
