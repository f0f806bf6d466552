import { Star } from 'lucide-react';
import { useAdminWords } from '@/components/admin/use-admin-words';
import type { OrderImage } from '@/domain/order';

/** What the customer thought of it. */
export function Rating({ order }: { order: OrderImage }) {
  const { t, format } = useAdminWords();
  const given = [
    { key: 'food' as const, stars: order.foodRating },
    { key: 'delivery' as const, stars: order.deliveryRating },
  ];
  return (
    <div className="text-sm">
      <dl className="flex gap-6">
        {given.map(
          ({ key, stars }) =>
            stars !== null && (
              <div key={key} className="flex items-center gap-1.5">
                <dt className="text-quiet">{t(`story.rating.${key}`)}</dt>
                <dd className="numerals flex items-center gap-1 font-medium">
                  <Star aria-hidden="true" className="size-3.5 fill-current text-accent" />
                  {t('story.rating.of', { stars: format.number(stars) })}
                </dd>
              </div>
            ),
        )}
      </dl>
      {order.ratingComment && (
        <p dir="auto" className="mt-1.5 text-pretty">
          “{order.ratingComment}”
        </p>
      )}
    </div>
  );
}
