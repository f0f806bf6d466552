'use client';

import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { type Cart, removeItem } from '@/components/customer/cart/cart';
import { Button, LinkButton } from '@/components/ui/button';
import type { RefusalWords } from '@/trpc/refusal';

type RefusalNoteProps = { refused: RefusalWords; cart: Cart; onRetry: () => void };

/** Why it was not ordered, and the button that gets on from there. */
export function RefusalNote({ refused, cart, onRetry }: RefusalNoteProps) {
  return (
    <div role="alert" className="mb-3 rounded-control bg-bad-soft px-3.5 py-3 text-bad-ink text-sm">
      <p className="flex items-start gap-2">
        <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
        <span>
          <strong className="font-medium">{refused.message}</strong> {refused.hint}
        </span>
      </p>
      <div className="mt-3">{remedy({ refused, cart, onRetry })}</div>
    </div>
  );
}

function remedy({ refused, cart, onRetry }: RefusalNoteProps): ReactNode {
  const itemId = refused.data.itemId;
  const line = cart.lines.find((each) => each.itemId === itemId);
  if (line) {
    return (
      <Button
        size="sm"
        onClick={() => {
          removeItem(line.itemId);
          onRetry();
        }}
      >
        Take out {line.name}
      </Button>
    );
  }
  switch (refused.reason) {
    case 'sign_in_required':
      return (
        <LinkButton size="sm" href="/sign-in?next=%2Fcheckout">
          Sign in again
        </LinkButton>
      );
    case 'restaurant_closed':
    case 'address_out_of_radius':
      return (
        <LinkButton size="sm" href="/">
          See who delivers now
        </LinkButton>
      );
    case 'below_minimum':
      return (
        <LinkButton size="sm" href={`/r/${cart.restaurant.slug}`}>
          Add a dish
        </LinkButton>
      );
    case 'total_changed':
      return (
        <Button size="sm" onClick={onRetry}>
          Use the new total
        </Button>
      );
    default:
      return (
        <Button size="sm" onClick={onRetry}>
          Try again
        </Button>
      );
  }
}
