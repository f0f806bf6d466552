'use client';

import { Info } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useFormat } from '@/components/shared/use-format';
import type { Allergen } from '@/domain/menu';

/** What an item contains of the fourteen that have to be told. */
export function Allergens({ allergens }: { allergens: readonly Allergen[] }) {
  const t = useTranslations('restaurant.allergens');
  const { list } = useFormat();
  return (
    <p className="flex gap-2.5 rounded-control bg-sunken px-3.5 py-3 text-sm">
      <Info aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-quiet" />
      <span>
        {allergens.length > 0
          ? t('contains', { allergens: list(allergens.map((allergen) => t(`of.${allergen}`))) })
          : t('none')}{' '}
        <span className="text-quiet">{t('ask')}</span>
      </span>
    </p>
  );
}
