import { useTranslations } from 'next-intl';

/** Says that something is on its way, to those who don't see the skeleton. */
export function LoadingLabel() {
  const t = useTranslations('shared');
  return (
    <span role="status" className="sr-only">
      {t('loading')}
    </span>
  );
}
