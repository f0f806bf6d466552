'use client';

import { useTranslations } from 'next-intl';
import { LinkButton } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';

/** A page that broke, with a way on. */
export function PageError({ onRetry }: { onRetry: () => void }) {
  const t = useTranslations('shared.pageError');
  return (
    <div className="grid min-h-[70dvh] place-items-center">
      <ErrorState
        title={t('title')}
        onRetry={onRetry}
        action={<LinkButton href="/">{t('action')}</LinkButton>}
      >
        {t('detail')}
      </ErrorState>
    </div>
  );
}
