import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import type { StatusWord } from './status-words';

export type PillProps = { size?: 'sm' | 'md'; className?: string };

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
