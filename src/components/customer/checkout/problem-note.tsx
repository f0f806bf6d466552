'use client';

import { CircleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { type Cart, removeItem } from '@/components/customer/cart/cart';
import { Button, LinkButton } from '@/components/ui/button';
import type { RefusalWords } from '@/trpc/refusal';

type ProblemNoteProps = { problem: RefusalWords; cart: Cart; onRetry: () => void };

/** What is in the way of the order, and the button that gets on from there. */
export function ProblemNote(props: ProblemNoteProps) {
  const { problem } = props;
  const remedy = <Remedy {...props} />;
  return (
    <div role="alert" className="mb-3 rounded-control bg-bad-soft px-3.5 py-3 text-bad-ink text-sm">
      <p className="flex items-start gap-2">
        <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
        <span>
          <strong className="font-medium">{problem.message}</strong> {problem.hint}
        </span>
      </p>
      {remedy}
    </div>
  );
}

/** What the parts of the page show themselves needs no button here. */
function Remedy({ problem, cart, onRetry }: ProblemNoteProps): ReactNode {
  const t = useTranslations('checkout.remedy');
  const line = cart.lines.find(({ itemId }) => itemId === problem.data.itemId);
  if (line && problem.reason !== 'item_short' && problem.reason !== 'price_changed') {
    return (
      <Button
        size="sm"
        className="mt-3"
        onClick={() => {
          removeItem(line.itemId);
          onRetry();
        }}
      >
        {t('takeOut', { name: line.name })}
      </Button>
    );
  }
  switch (problem.reason) {
    case 'sign_in_required':
      return (
        <LinkButton size="sm" className="mt-3" href="/sign-in?next=%2Fcheckout">
          {t('signIn')}
        </LinkButton>
      );
    case 'address_out_of_radius':
      return (
        <LinkButton size="sm" className="mt-3" href="/">
          {t('others')}
        </LinkButton>
      );
    case 'below_minimum':
      return (
        <LinkButton size="sm" className="mt-3" href={`/r/${cart.restaurant.slug}`}>
          {t('addDish')}
        </LinkButton>
      );
    case 'total_changed':
    case 'arrives_later':
      return (
        <Button size="sm" className="mt-3" onClick={onRetry}>
          {t(problem.reason)}
        </Button>
      );
    case 'unknown':
    case 'changed_meanwhile':
    case 'payment_gone':
    case 'payment_unanswered':
      return (
        <Button size="sm" className="mt-3" onClick={onRetry}>
          {t('again')}
        </Button>
      );
    default:
      return null;
  }
}
