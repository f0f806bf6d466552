'use client';

import { useTranslations } from 'next-intl';
import { Section } from './section';
import { TipChoice } from './tip-choice';

/** Minor units. */
const TIPS = [0, 100, 200, 400];

type TipSectionProps = { currency: string; tip: number; onTip: (tip: number) => void };

export function TipSection(props: TipSectionProps) {
  const t = useTranslations('checkout.tip');
  return (
    <Section title={t('title')}>
      <TipChoice amounts={TIPS} {...props} />
      <p className="mt-2 text-quiet text-sm">{t('detail')}</p>
    </Section>
  );
}
