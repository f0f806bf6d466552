'use client';

import { ArrowLeft, ShoppingBag } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { type Cart, cart } from '@/components/customer/cart/cart';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Skeleton } from '@/components/ui/skeleton';
import { useHydrated } from '@/components/ui/use-hydrated';
import type { Viewer } from '@/domain/roles';
import type { CardToken } from './card-form';
import { DishesSection } from './dishes-section';
import { useDraft } from './draft';
import { PaymentSection } from './payment-section';
import { problemIn } from './problems';
import { PromoSection } from './promo-section';
import { Summary } from './summary';
import { TipSection } from './tip-section';
import { useCheckout } from './use-checkout';
import { WhenSection } from './when-section';
import { WhereSection } from './where-section';

export function Checkout({ viewer }: { viewer: Viewer | null }) {
  const t = useTranslations('checkout');
  const current = cart.use();
  const hydrated = useHydrated();
  const [placed, setPlaced] = useState(false);
  if (!hydrated || placed) return <CheckoutSkeleton />;
  if (!current) {
    return (
      <>
        <h1 className="sr-only">{t('page')}</h1>
        <EmptyState
          icon={ShoppingBag}
          title={t('empty.title')}
          action={
            <LinkButton href="/" variant="primary">
              {t('empty.action')}
            </LinkButton>
          }
        >
          {t('empty.detail')}
        </EmptyState>
      </>
    );
  }
  return <Form cart={current} viewer={viewer} onPlaced={() => setPlaced(true)} />;
}

type FormProps = { cart: Cart; viewer: Viewer | null; onPlaced: () => void };

function Form({ cart: current, viewer, onPlaced }: FormProps) {
  const t = useTranslations('checkout');
  const { restaurant } = current;
  const { draft, change } = useDraft(restaurant.id);
  const [card, setCard] = useState<CardToken | null>(null);
  const checkout = useCheckout({ cart: current, draft, card, onCard: setCard, onPlaced });
  const { quote, problems } = checkout;
  const part = (name: Parameters<typeof problemIn>[1]) => problemIn(problems, name);

  return (
    <div className="mx-auto max-w-5xl px-4 pt-4 pb-52 sm:px-6 lg:grid lg:grid-cols-[minmax(0,1fr)_24rem] lg:gap-10 lg:pt-8 lg:pb-20">
      <div className="min-w-0">
        <Link
          href={`/r/${restaurant.slug}`}
          className="-ms-1 inline-flex min-h-11 items-center gap-1.5 rounded-control px-1 text-quiet text-sm hover:text-ink"
        >
          <ArrowLeft aria-hidden="true" className="size-4 rtl:-scale-x-100" />
          <bdi>{restaurant.name}</bdi>
        </Link>
        <h1 className="mt-1 mb-6 text-xl lg:text-2xl">{t('page')}</h1>
        <div inert={checkout.unsure || checkout.ordering} className="flex flex-col gap-9">
          <WhereSection
            draft={draft}
            change={change}
            quote={quote}
            restaurant={restaurant.name}
            problem={part('where')}
          />
          <WhenSection draft={draft} change={change} quote={quote} problem={part('when')} />
          <DishesSection cart={current} quote={quote} problem={part('dishes')} />
          {draft.fulfilment === 'delivery' && (
            <TipSection
              currency={restaurant.currency}
              tip={draft.tip}
              onTip={(tip) => change({ tip })}
            />
          )}
          <PromoSection
            code={draft.promoCode}
            onCode={(promoCode) => change({ promoCode })}
            quote={quote}
            settled={checkout.settled}
            problem={part('promo')}
          />
          <PaymentSection
            draft={draft}
            change={change}
            quote={quote}
            signedIn={viewer?.role === 'customer'}
            card={card}
            onCard={setCard}
            problem={part('payment')}
          />
        </div>
      </div>
      <Summary cart={current} draft={draft} viewer={viewer} checkout={checkout} />
    </div>
  );
}

function CheckoutSkeleton() {
  const t = useTranslations('checkout');
  return (
    <div aria-busy="true" className="mx-auto max-w-5xl px-4 pt-10 sm:px-6">
      <span role="status" className="sr-only">
        {t('loading')}
      </span>
      <Skeleton className="h-10 w-48" />
      <Skeleton className="mt-6 h-48 rounded-card" />
      <Skeleton className="mt-6 h-40 rounded-card" />
    </div>
  );
}
