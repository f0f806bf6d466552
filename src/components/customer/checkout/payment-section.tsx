'use client';

import { Banknote, CreditCard } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import type { CartQuote } from '@/components/customer/cart/use-cart-quote';
import { Button } from '@/components/ui/button';
import { lazyInBrowser } from '@/components/ui/lazy-in-browser';
import { Skeleton } from '@/components/ui/skeleton';
import type { RefusalWords } from '@/trpc/refusal';
import type { CardToken } from './card-form';
import { ChoiceCard } from './choice-card';
import type { ChangeDraft, Draft } from './draft';
import { Section } from './section';

const CardForm = lazyInBrowser(
  async () => ({ default: (await import('./card-form')).CardForm }),
  <Skeleton className="h-56" />,
);

type PaymentSectionProps = {
  draft: Draft;
  change: ChangeDraft;
  quote: CartQuote | null;
  signedIn: boolean;
  card: CardToken | null;
  onCard: (card: CardToken | null) => void;
  problem: RefusalWords | null;
};

export function PaymentSection(props: PaymentSectionProps) {
  const { draft, change, quote, problem } = props;
  const t = useTranslations('checkout.payment');
  const name = useId();
  const fetched = draft.fulfilment === 'pickup';
  return (
    <Section title={t('title')} problem={problem}>
      <div role="radiogroup" aria-label={t('title')} className="flex flex-col gap-3">
        <ChoiceCard
          name={name}
          icon={Banknote}
          title={fetched ? t('cashAtCounter') : t('cashAtDoor')}
          detail={t('cashDetail')}
          checked={draft.method === 'cash'}
          onChoose={() => change({ method: 'cash' })}
        />
        {quote?.card && (
          <ChoiceCard
            name={name}
            icon={CreditCard}
            title={quote.card.test ? t('testCard') : t('card')}
            detail={quote.card.test ? t('testCardDetail') : t('cardDetail')}
            checked={draft.method === 'card'}
            onChoose={() => change({ method: 'card' })}
          >
            <CardChoice {...props} />
          </ChoiceCard>
        )}
      </div>
    </Section>
  );
}

function CardChoice({ signedIn, card, onCard }: PaymentSectionProps) {
  const t = useTranslations('checkout.payment');
  if (!signedIn) return <p className="text-quiet text-sm">{t('afterSignIn')}</p>;
  if (!card) return <CardForm onCard={onCard} />;
  return (
    <div className="flex items-center justify-between gap-3">
      <p role="status" className="numerals font-medium text-sm">
        <bdi>{card.label}</bdi>
      </p>
      <Button size="sm" onClick={() => onCard(null)}>
        {t('otherCard')}
      </Button>
    </div>
  );
}
