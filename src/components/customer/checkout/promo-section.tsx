'use client';

import { TicketPercent, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import type { CartQuote } from '@/components/customer/cart/use-cart-quote';
import { useFormat } from '@/components/shared/use-format';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { RefusalWords } from '@/trpc/refusal';
import { Section } from './section';

type PromoSectionProps = {
  code: string | null;
  onCode: (code: string | null) => void;
  quote: CartQuote | null;
  /** The quote is being made anew. */
  settled: boolean;
  problem: RefusalWords | null;
};

export function PromoSection({ code, onCode, quote, settled, problem }: PromoSectionProps) {
  const t = useTranslations('checkout.promo');
  const { money } = useFormat();
  const [typed, setTyped] = useState(code ?? '');
  const promo = code !== null && !problem ? quote?.promo : null;

  function apply(event: FormEvent) {
    event.preventDefault();
    onCode(typed.trim() === '' ? null : typed.trim());
  }

  return (
    <Section title={t('title')}>
      {promo ? (
        <Card className="flex items-center gap-3 py-2 ps-4 pe-2">
          <TicketPercent aria-hidden="true" className="size-5 shrink-0 text-good-ink" />
          <p role="status" className="min-w-0 flex-1 text-sm">
            <span className="font-medium">{promo.code}</span>{' '}
            <span className="numerals text-quiet">
              {t('takesOff', { amount: money(promo.discount, quote?.currency ?? '') })}
            </span>
          </p>
          <Button
            variant="quiet"
            size="icon"
            aria-label={t('remove', { code: promo.code })}
            onClick={() => {
              setTyped('');
              onCode(null);
            }}
          >
            <X aria-hidden="true" />
          </Button>
        </Card>
      ) : (
        <form onSubmit={apply}>
          <Field
            label={t('label')}
            aside={t('optional')}
            error={problem ? `${problem.message} ${problem.hint ?? ''}` : undefined}
          >
            {(control) => (
              <div className="flex gap-2">
                <Input
                  {...control}
                  value={typed}
                  maxLength={24}
                  autoCapitalize="characters"
                  autoComplete="off"
                  spellCheck={false}
                  onChange={(event) => {
                    setTyped(event.target.value);
                    if (code !== null) onCode(null);
                  }}
                  className="uppercase placeholder:normal-case"
                />
                <Button type="submit" loading={code !== null && !settled}>
                  {t('apply')}
                </Button>
              </div>
            )}
          </Field>
        </form>
      )}
    </Section>
  );
}
