import type { Cart } from '@/components/customer/cart/cart';
import { CartLines } from '@/components/customer/cart/cart-lines';
import { Card } from '@/components/ui/card';
import { Section } from './section';

export function DishesSection({ cart }: { cart: Cart }) {
  return (
    <Section title="What you order">
      <Card className="px-4">
        <CartLines cart={cart} />
      </Card>
    </Section>
  );
}
