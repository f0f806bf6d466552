import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import type { DeliveryStatus } from '@/domain/delivery';
import { DELIVERY_WORDS, type StatusWord } from './status-words';

type PillProps = { size?: 'sm' | 'md'; className?: string };

/** One word, one colour and one shape for a state. */
export function StatusPill({ status, size, className }: PillProps & { status: StatusWord }) {
  const t = useTranslations('shared');
  const Icon = status.icon;
  return (
    <Badge tone={status.tone} size={size} className={className}>
      <Icon aria-hidden="true" strokeWidth={2.25} />
      {t(status.key)}
    </Badge>
  );
}

export const DeliveryPill = ({ status, ...props }: PillProps & { status: DeliveryStatus }) => (
  <StatusPill {...props} status={DELIVERY_WORDS[status]} />
);
