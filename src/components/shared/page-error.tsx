'use client';

import { useTranslations } from 'next-intl';
import { BUTTON, MEDIUM, PRIMARY, SECONDARY } from '@/components/ui/button-classes';

/**
 * A page that broke, with a way on. Every page loads this: it is made of little, and its link starts
 * the app anew.
 */
export function PageError({ onRetry }: { onRetry: () => void }) {
  const t = useTranslations('shared.pageError');
  return (
    <div className="grid min-h-[70dvh] place-items-center">
      <div role="alert" className="flex flex-col items-center px-6 py-14 text-center">
        <h2 className="text-lg">{t('title')}</h2>
        <p className="mt-1 max-w-sm text-pretty text-quiet text-sm">{t('detail')}</p>
        <div className="mt-5 flex gap-2">
          <button type="button" className={`${BUTTON} ${PRIMARY} ${MEDIUM}`} onClick={onRetry}>
            {t('again')}
          </button>
          <a href="/" className={`${BUTTON} ${SECONDARY} ${MEDIUM}`}>
            {t('action')}
          </a>
        </div>
      </div>
    </div>
  );
}
