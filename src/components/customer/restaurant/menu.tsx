'use client';

import { UtensilsCrossed } from 'lucide-react';
import type { Cart } from '@/components/customer/cart/cart';
import { EmptyState } from '@/components/ui/empty-state';
import type { MenuItem, MenuSection } from '@/domain/menu';
import { DishCard } from './dish-card';
import { SectionNav, sectionId } from './section-nav';

type MenuProps = {
  menu: readonly MenuSection[];
  currency: string;
  cart: Cart | null;
  onOpen: (item: MenuItem) => void;
  onAdd: (item: MenuItem) => void;
};

export function Menu({ menu, currency, cart, onOpen, onAdd }: MenuProps) {
  if (menu.length === 0) {
    return (
      <EmptyState icon={UtensilsCrossed} title="No menu yet">
        The kitchen has not put anything on its menu. Come back later.
      </EmptyState>
    );
  }
  const inCart = (item: MenuItem): number =>
    (cart?.lines ?? [])
      .filter(({ itemId }) => itemId === item.id)
      .reduce((sum, { quantity }) => sum + quantity, 0);
  return (
    <>
      <SectionNav sections={menu} />
      <div className="flex flex-col gap-10 px-4 pt-6 sm:px-6 lg:px-0">
        {menu.map((section) => (
          <section key={section.id} id={sectionId(section)} className="scroll-mt-32">
            <h2 className="mb-3 text-lg">{section.name}</h2>
            <ul className="grid gap-3 xl:grid-cols-2">
              {section.items.map((item) => (
                <li key={item.id}>
                  <DishCard
                    item={item}
                    currency={currency}
                    inCart={inCart(item)}
                    onOpen={() => onOpen(item)}
                    onAdd={() => onAdd(item)}
                  />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
}
