'use client';

import { ArrowLeft, ShoppingBag } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { place } from '@/components/customer/address/place';
import { type Cart, cart } from '@/components/customer/cart/cart';
import { useHydrated } from '@/components/shared/stored';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Skeleton } from '@/components/ui/skeleton';
import type { Viewer } from '@/domain/roles';
import { AddressSection } from './address-section';
import { DishesSection } from './dishes-section';
import { PaymentSection } from './payment-section';
import { Summary } from './summary';
import { TipSection } from './tip-section';
import { useCheckout } from './use-checkout';

export function Checkout({ viewer }: { viewer: Viewer | null }) {
  const current = cart.use();
  const hydrated = useHydrated();
  const [placed, setPlaced] = useState(false);
  if (!hydrated || placed) return <CheckoutSkeleton />;
  if (!current) {
    return (
      <>
        <h1 className="sr-only">Checkout</h1>
        <EmptyState
          icon={ShoppingBag}
          title="Your cart is empty"
          action={
            <LinkButton href="/" variant="primary">
              See restaurants
            </LinkButton>
          }
        >
          Choose a few dishes, then come back here to order them.
        </EmptyState>
      </>
    );
  }
  return <Form cart={current} viewer={viewer} onPlaced={() => setPlaced(true)} />;
}

type FormProps = { cart: Cart; viewer: Viewer | null; onPlaced: () => void };

function Form({ cart: current, viewer, onPlaced }: FormProps) {
  const where = place.use();
  const [note, setNote] = useState('');
  const [tip, setTip] = useState(0);
  const checkout = useCheckout({ cart: current, where, note, tip, onPlaced });

  return (
    <div className="mx-auto max-w-5xl px-4 pt-4 pb-44 sm:px-6 lg:grid lg:grid-cols-[minmax(0,1fr)_24rem] lg:gap-10 lg:pt-8 lg:pb-20">
      <div className="min-w-0">
        <Link
          href={`/r/${current.restaurant.slug}`}
          className="-ml-1 inline-flex min-h-11 items-center gap-1.5 rounded-control px-1 text-quiet text-sm hover:text-ink"
        >
          <ArrowLeft aria-hidden="true" className="size-4" />
          {current.restaurant.name}
        </Link>
        <h1 className="mt-1 mb-6 text-xl lg:text-2xl">Checkout</h1>
        <div className="flex flex-col gap-8">
          <AddressSection where={where} note={note} onNote={setNote} />
          <DishesSection cart={current} />
          <TipSection currency={current.restaurant.currency} tip={tip} onTip={setTip} />
          <PaymentSection />
        </div>
      </div>
      <Summary cart={current} viewer={viewer} checkout={checkout} />
    </div>
  );
}

function CheckoutSkeleton() {
  return (
    <div aria-busy="true" className="mx-auto max-w-5xl px-4 pt-10 sm:px-6">
      <span role="status" className="sr-only">
        Loading
      </span>
      <Skeleton className="h-10 w-48" />
      <Skeleton className="mt-6 h-48 rounded-card" />
      <Skeleton className="mt-6 h-40 rounded-card" />
    </div>
  );
}
