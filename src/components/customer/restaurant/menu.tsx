'use client';

import { UtensilsCrossed } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Cart } from '@/components/customer/cart/cart';
import { cn } from '@/components/ui/cn';
import { EmptyState } from '@/components/ui/empty-state';
import type { MenuItem, MenuSection } from '@/domain/menu';
import type { RestaurantImage } from '@/domain/restaurant';
import { DishCard } from './dish-card';
import { ProductCard } from './product-card';
import { SectionNav, sectionId } from './section-nav';

type MenuProps = {
  menu: readonly MenuSection[];
  restaurant: RestaurantImage;
  cart: Cart | null;
  onOpen: (item: MenuItem) => void;
  onAdd: (item: MenuItem) => void;
};

/** How many of an item a cart holds, whatever their options. */
export const countIn = (cart: Cart | null, itemId: string): number =>
  (cart?.lines ?? [])
    .filter((line) => line.itemId === itemId)
    .reduce((sum, { quantity }) => sum + quantity, 0);

export function Menu({ menu, restaurant, cart, onOpen, onAdd }: MenuProps) {
  const t = useTranslations('restaurant.menu');
  if (menu.length === 0) {
    return (
      <EmptyState icon={UtensilsCrossed} title={t('emptyTitle')}>
        {t('empty')}
      </EmptyState>
    );
  }
  const shop = restaurant.kind !== 'restaurant';
  return (
    <>
      <SectionNav sections={menu} />
      <div className="flex flex-col gap-10 px-4 pt-6 sm:px-6 lg:px-0">
        {menu.map((section) => (
          <section key={section.id} id={sectionId(section)} className="scroll-mt-32">
            <h2 className="mb-3 text-lg">
              <bdi>{section.name}</bdi>
            </h2>
            <ul
              className={cn(
                'grid gap-3',
                shop ? 'grid-cols-2 sm:grid-cols-3 xl:grid-cols-4' : 'xl:grid-cols-2',
              )}
            >
              {section.items.map((item) => {
                const props = {
                  item,
                  currency: restaurant.currency,
                  inCart: countIn(cart, item.id),
                  onOpen: () => onOpen(item),
                  onAdd: () => onAdd(item),
                };
                return (
                  <li key={item.id}>
                    {shop ? (
                      <ProductCard {...props} shelf={section.name} />
                    ) : (
                      <DishCard {...props} />
                    )}
                  </li>
                );
              })}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
}
