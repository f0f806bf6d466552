import { Briefcase, Heart, House, type LucideIcon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { ADDRESS_LABELS } from '@/domain/saved-address';

type KnownLabel = (typeof ADDRESS_LABELS)[number];

export const isKnownLabel = (label: string): label is KnownLabel =>
  ADDRESS_LABELS.some((known) => known === label);

const ICONS: Record<KnownLabel, LucideIcon> = { home: House, work: Briefcase };

export const labelIcon = (label: string): LucideIcon =>
  isKnownLabel(label) ? ICONS[label] : Heart;

/** Home and work in the reader's language; other labels are their own words. */
export function useLabelWords(): (label: string) => string {
  const t = useTranslations('address.label');
  return (label) => (isKnownLabel(label) ? t(label) : label);
}
