import { useTranslations } from 'next-intl';
import { buttonStyle } from '@/components/ui/button-style';

export function NotFoundMessage() {
  const t = useTranslations('shared.notFound');
  return (
    <div className="flex flex-col items-center px-6 text-center">
      <h1 className="text-xl">{t('title')}</h1>
      <p className="mt-2 max-w-sm text-pretty text-quiet">{t('detail')}</p>
      {/* Every page loads what this is made of: a plain link, without the router's. */}
      <a href="/" className={`mt-6 ${buttonStyle({ variant: 'primary' })}`}>
        {t('action')}
      </a>
    </div>
  );
}
