import { useTranslations } from 'next-intl';
import { useFormat } from '@/components/shared/use-format';

/** Shares and minutes of the report in words. */
export function useEtaWords() {
  const t = useTranslations('eta');
  const { number, tenths } = useFormat();
  return {
    t,
    number,
    tenths,
    /** 78 % */
    percent: (share: number) => t('percent', { value: number(Math.round(share * 100)) }),
    minutes: (value: number) => t('minutes', { value: tenths(value) }),
  };
}
