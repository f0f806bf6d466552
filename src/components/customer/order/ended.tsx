'use client';

import { CircleCheck, CircleSlash, CircleX } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { cart } from '@/components/customer/cart/cart';
import { Button, LinkButton } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { INK_TONE } from '@/components/ui/tone';
import type { OrderView } from '@/domain/views';
import type { Ending } from './order-story';

const ICONS = { good: CircleCheck, bad: CircleX, neutral: CircleSlash } as const;

/** The end of the story, and what can come next. */
export function Ended({ view, ending }: { view: OrderView; ending: Ending }) {
  const router = useRouter();
  const Icon = ICONS[ending.tone];
  const { order, lines } = view;

  function again() {
    cart.set({
      restaurant: {
        id: order.restaurantId,
        slug: order.restaurantSlug,
        name: order.restaurantName,
        currency: order.currency,
        minimumOrder: 0,
      },
      lines: lines.map(({ itemId, quantity, options, note, name, unitPrice }) => ({
        itemId,
        quantity,
        optionIds: options.map(({ id }) => id),
        note,
        name,
        optionNames: options.map((option) => option.name),
        unitPrice,
      })),
    });
    router.push('/checkout');
  }

  return (
    <div className="mt-5">
      <p className="heading flex items-center gap-3 text-xl">
        <Icon aria-hidden="true" className={cn('size-8 shrink-0', INK_TONE[ending.tone])} />
        {ending.title}
      </p>
      <p className="mt-2 text-pretty text-quiet">{ending.detail}</p>
      <div className="mt-4 flex flex-wrap gap-2">
        {lines.length > 0 && (
          <Button variant={ending.tone === 'bad' ? 'secondary' : 'primary'} onClick={again}>
            Order again
          </Button>
        )}
        <LinkButton href="/" variant={ending.tone === 'bad' ? 'primary' : 'secondary'}>
          See restaurants
        </LinkButton>
      </div>
    </div>
  );
}
