'use client';

import { CalendarClock, Zap } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import type { CartQuote } from '@/components/customer/cart/use-cart-quote';
import { useNow } from '@/components/shared/clock';
import { useFormat } from '@/components/shared/use-format';
import { lazyInBrowser } from '@/components/ui/lazy-in-browser';
import { Skeleton } from '@/components/ui/skeleton';
import type { RefusalWords } from '@/trpc/refusal';
import { ChoiceCard } from './choice-card';
import type { ChangeDraft, Draft } from './draft';
import { Section } from './section';

const SlotPicker = lazyInBrowser(
  async () => ({ default: (await import('./slot-picker')).SlotPicker }),
  <Skeleton className="h-40" />,
);

type WhenSectionProps = {
  draft: Draft;
  change: ChangeDraft;
  quote: CartQuote | null;
  problem: RefusalWords | null;
};

/** Now, or a slot of today or tomorrow. */
export function WhenSection({ draft, change, quote, problem }: WhenSectionProps) {
  const t = useTranslations('checkout.when');
  const { window, moment } = useFormat();
  const now = useNow(30);
  const name = useId();
  const { later } = draft;
  const fetched = draft.fulfilment === 'pickup';
  const opensAt = problem?.reason === 'restaurant_closed' ? problem.data.opensAt : null;
  const soon = () => {
    if (typeof opensAt === 'string') {
      return t('opens', { time: moment(opensAt, now, quote?.timeZone) });
    }
    if (!quote || later || problem) return undefined;
    const time = window(quote.etaMinutes);
    return fetched ? t('readyIn', { time }) : t('atDoorIn', { time });
  };
  return (
    <Section title={t('title')} problem={problem}>
      <div role="radiogroup" aria-label={t('title')} className="flex flex-col gap-3">
        <ChoiceCard
          name={name}
          icon={Zap}
          title={t('now')}
          detail={<span className="numerals">{soon()}</span>}
          checked={!later}
          onChoose={() => change({ later: false, slotFrom: null })}
        />
        <ChoiceCard
          name={name}
          icon={CalendarClock}
          title={t('later')}
          detail={later ? undefined : t('laterDetail')}
          checked={later}
          onChoose={() => change({ later: true })}
        >
          <SlotPicker
            restaurantId={draft.restaurantId}
            fulfilment={draft.fulfilment}
            value={draft.slotFrom}
            onChange={(slotFrom) => change({ slotFrom })}
          />
        </ChoiceCard>
      </div>
    </Section>
  );
}
