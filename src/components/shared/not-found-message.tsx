import { useTranslations } from 'next-intl';
import { LinkButton } from '@/components/ui/button';

export function NotFoundMessage() {
  const t = useTranslations('shared.notFound');
  return (
    <div className="flex flex-col items-center px-6 text-center">
      <h1 className="text-xl">{t('title')}</h1>
      <p className="mt-2 max-w-sm text-pretty text-quiet">{t('detail')}</p>
      <LinkButton href="/" variant="primary" className="mt-6">
        {t('action')}
      </LinkButton>
    </div>
  );
}
