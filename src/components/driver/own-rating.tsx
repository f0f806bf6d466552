import { Star } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useFormat } from '@/components/shared/use-format';

/** What customers think of the deliveries, in one figure. */
export function OwnRating({ rating, count }: { rating: number | null; count: number }) {
  const t = useTranslations('driver.history');
  const format = useFormat();
  if (rating === null) return null;
  return (
    <p className="numerals mt-1 flex items-center gap-1.5 text-quiet text-sm">
      <Star aria-hidden="true" className="size-4 fill-current" />
      {t('rating', { rating: format.tenths(rating), count })}
    </p>
  );
}
