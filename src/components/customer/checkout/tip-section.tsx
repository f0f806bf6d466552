'use client';

import { Segmented } from '@/components/ui/segmented';
import { formatMoney } from '@/domain/money';
import { Section } from './section';

/** Minor units. */
const TIPS = [0, 100, 200, 400] as const;

type TipSectionProps = { currency: string; tip: number; onTip: (tip: number) => void };

export function TipSection({ currency, tip, onTip }: TipSectionProps) {
  return (
    <Section title="Tip">
      <Segmented
        label="Tip for the driver"
        value={String(tip)}
        onChange={(value) => onTip(Number(value))}
        segments={TIPS.map((amount) => ({
          value: String(amount),
          label:
            amount === 0 ? (
              'None'
            ) : (
              <span className="numerals">{formatMoney(amount, currency)}</span>
            ),
        }))}
      />
      <p className="mt-2 text-quiet text-sm">All of it goes to whoever rides to you.</p>
    </Section>
  );
}
