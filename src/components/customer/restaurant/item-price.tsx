import { useTranslations } from 'next-intl';
import { useFormat } from '@/components/shared/use-format';
import { cn } from '@/components/ui/cn';
import type { MenuItem } from '@/domain/menu';
import { fewLeft } from './stock';

type ItemPriceProps = { item: MenuItem; currency: string; className?: string };

/** What one costs, how much that is, and whether it runs out. */
export function ItemPrice({ item, currency, className }: ItemPriceProps) {
  const t = useTranslations('restaurant.item');
  const { money } = useFormat();
  const left = fewLeft(item);
  return (
    <p className={cn('flex flex-wrap items-center gap-x-2 gap-y-1 text-sm', className)}>
      <span className={cn('numerals font-medium', item.soldOut && 'text-faint')}>
        {money(item.price, currency)}
      </span>
      {item.unit !== '' && <bdi className="text-faint text-xs">{item.unit}</bdi>}
      {item.soldOut && (
        <span className="rounded-full bg-hover px-2 py-0.5 font-medium text-quiet text-xs">
          {t('soldOut')}
        </span>
      )}
      {left !== null && (
        <span className="rounded-full bg-warn-soft px-2 py-0.5 font-medium text-warn-ink text-xs">
          {t('left', { count: left })}
        </span>
      )}
    </p>
  );
}
