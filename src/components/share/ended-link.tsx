import { useTranslations } from 'next-intl';
import { LinkButton } from '@/components/ui/button';
import { WayPicture } from './way-picture';

/** Ended, delivered and guessed links look the same. */
export function EndedLink() {
  const t = useTranslations('share');
  return (
    <div className="mx-auto max-w-xl pb-16 sm:px-6 sm:pt-8">
      <div className="aspect-[2/1] overflow-hidden bg-sunken sm:rounded-card">
        <WayPicture progress={1} seed="home" label={t('picture')} className="size-full" />
      </div>
      <div className="px-5 pt-6 sm:px-1">
        <h1 className="text-xl">{t('ended.title')}</h1>
        <p role="status" className="mt-2 text-pretty text-quiet">
          {t('ended.detail')}
        </p>
        <div className="mt-8 flex flex-wrap items-center justify-between gap-3 border-line border-t pt-4">
          <p className="text-quiet text-sm">{t('own')}</p>
          <LinkButton href="/">{t('see')}</LinkButton>
        </div>
      </div>
    </div>
  );
}
