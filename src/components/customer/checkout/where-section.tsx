'use client';

import { DoorOpen, HandHeart, MapPin, Store } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { AddressDialog } from '@/components/customer/address/address-dialog';
import { place } from '@/components/customer/address/place';
import type { CartQuote } from '@/components/customer/cart/use-cart-quote';
import { LazyMap } from '@/components/shared/lazy-map';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/input';
import { Segmented } from '@/components/ui/segmented';
import { Skeleton } from '@/components/ui/skeleton';
import type { RefusalWords } from '@/trpc/refusal';
import { ChoiceCard } from './choice-card';
import type { ChangeDraft, Draft } from './draft';
import { Section } from './section';

type WhereSectionProps = {
  draft: Draft;
  change: ChangeDraft;
  quote: CartQuote | null;
  restaurant: string;
  problem: RefusalWords | null;
};

/** Brought to a door, or fetched at the counter. */
export function WhereSection({ draft, change, quote, restaurant, problem }: WhereSectionProps) {
  const t = useTranslations('checkout.where');
  const fetched = draft.fulfilment === 'pickup';
  return (
    <Section title={t('title')} problem={problem}>
      {(quote?.pickup.offered || fetched) && (
        <Segmented
          label={t('title')}
          className="mb-4"
          value={draft.fulfilment}
          onChange={(fulfilment) => change({ fulfilment, slotFrom: null })}
          segments={[
            { value: 'delivery', label: t('delivery') },
            { value: 'pickup', label: t('pickup') },
          ]}
        />
      )}
      {fetched ? (
        <Counter quote={quote} restaurant={restaurant} />
      ) : (
        <Door draft={draft} change={change} />
      )}
    </Section>
  );
}

function Door({ draft, change }: Pick<WhereSectionProps, 'draft' | 'change'>) {
  const t = useTranslations('checkout.where');
  const where = place.use();
  const name = useId();
  const [open, setOpen] = useState(false);
  return (
    <div className="flex flex-col gap-4">
      <Card className="overflow-hidden">
        <div className="h-36 border-line border-b sm:h-44">
          <LazyMap
            className="size-full"
            center={where.at}
            zoom={16.2}
            interactive={false}
            markers={[{ id: 'door', kind: 'door', at: where.at, label: where.address }]}
            label={t('doorMap', { address: where.address })}
          />
        </div>
        <div className="flex items-center gap-3 px-4 py-3">
          <MapPin aria-hidden="true" className="size-5 shrink-0 text-accent-ink" />
          <p className="min-w-0 flex-1 font-medium text-sm">
            <bdi>{where.address}</bdi>
          </p>
          <Button size="sm" onClick={() => setOpen(true)} aria-label={t('changeLong')}>
            {t('change')}
          </Button>
        </div>
      </Card>
      <div role="radiogroup" aria-label={t('handover')} className="grid gap-3 sm:grid-cols-2">
        <ChoiceCard
          name={name}
          icon={HandHeart}
          title={t('inPerson')}
          detail={t('inPersonDetail')}
          checked={draft.handover === 'in_person'}
          onChoose={() => change({ handover: 'in_person' })}
        />
        <ChoiceCard
          name={name}
          icon={DoorOpen}
          title={t('atDoor')}
          detail={t('atDoorDetail')}
          checked={draft.handover === 'at_door'}
          onChoose={() => change({ handover: 'at_door' })}
        />
      </div>
      <Field label={t('note')} aside={t('optional')}>
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            maxLength={280}
            value={draft.note}
            onChange={(event) => change({ note: event.target.value })}
            placeholder={t('noteExample')}
          />
        )}
      </Field>
      <AddressDialog open={open} onOpenChange={setOpen} value={where} onConfirm={place.set} />
    </div>
  );
}

function Counter({ quote, restaurant }: Pick<WhereSectionProps, 'quote' | 'restaurant'>) {
  const t = useTranslations('checkout.where');
  if (!quote) return <Skeleton className="h-52 rounded-card" />;
  const { address, location } = quote.pickup;
  return (
    <Card className="overflow-hidden">
      <div className="h-36 border-line border-b sm:h-44">
        <LazyMap
          className="size-full"
          center={location}
          zoom={15.6}
          interactive={false}
          markers={[{ id: 'counter', kind: 'restaurant', at: location, label: restaurant }]}
          label={t('counterMap', { restaurant, address })}
        />
      </div>
      <div className="flex items-start gap-3 px-4 py-3">
        <Store aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-accent-ink" />
        <div className="text-sm">
          <p className="font-medium">
            <bdi>{restaurant}</bdi>, <bdi>{address}</bdi>
          </p>
          <p className="mt-0.5 text-quiet">{t('counterDetail')}</p>
        </div>
      </div>
    </Card>
  );
}
