import { useTranslations } from 'next-intl';
import { useFormat } from '@/components/shared/use-format';

/** How many messages wait to be read; nothing when none does. */
export function UnreadMark({ count }: { count: number }) {
  const t = useTranslations('conversation');
  const { number } = useFormat();
  if (count === 0) return null;
  return (
    <span className="grid h-6 min-w-6 shrink-0 place-items-center rounded-full bg-accent px-1.5 font-semibold text-on-accent text-xs">
      <span aria-hidden="true" className="numerals">
        {number(count)}
      </span>
      <span className="sr-only">{t('unread', { count })}</span>
    </span>
  );
}
