import { useTranslations } from 'next-intl';
import { useFormat } from '@/components/shared/use-format';
import { useReasonWords } from '@/components/shared/use-reason-words';
import type { Grain, ReasonCount, Revenue } from '@/domain/analytics/report';

const SHORT_S = 600;

/** Figures in words. A share or a time that there is none of is a dash. */
export function useAnalyticsWords() {
  const t = useTranslations('analytics');
  const format = useFormat();
  const reasonOf = useReasonWords();
  const none = t('none');
  const percent = (share: number | null) =>
    share === null ? none : t('percent', { value: format.number(Math.round(share * 100)) });
  return {
    t,
    percent,
    none,
    number: (value: number) => format.number(value),
    stars: (value: number | null) => (value === null ? none : format.tenths(value)),
    /** 24.5 min below ten minutes with a tenth, above without. */
    duration: (seconds: number | null): string => {
      if (seconds === null) return none;
      const minutes = seconds / 60;
      const value = seconds < SHORT_S ? format.tenths(minutes) : format.number(Math.round(minutes));
      return t('minutes', { value });
    },
    revenue: (all: readonly Revenue[]): string =>
      all.length === 0
        ? none
        : all.map(({ amount, currency }) => format.money(amount, currency)).join(' · '),
    /** Wed, 25 Nov: a day by its name, whatever clock the reader has. */
    day: (day: string): string => format.date(`${day}T12:00:00Z`, 'UTC'),
    hour: (hour: string): string => `${hour}:00`,
    /** At 19:00, on Wed 25 Nov: inside a sentence. */
    when: (key: string, grain: Grain): string =>
      grain === 'hour'
        ? t('atHour', { hour: `${key}:00` })
        : t('onDay', { day: format.date(`${key}T12:00:00Z`, 'UTC') }),
    /** A difference of shares: 6 points. */
    points: (shares: number): string => t('points', { value: Math.round(shares * 100) }),
    reason: ({ how, why }: ReasonCount): string => {
      if (how === 'expired') return t('noAnswer');
      return how === 'rejected'
        ? t('rejected', { reason: reasonOf(why) })
        : how === 'cancelled'
          ? t('cancelled', { reason: reasonOf(why) })
          : reasonOf(why);
    },
  };
}

export type AnalyticsWords = ReturnType<typeof useAnalyticsWords>;
