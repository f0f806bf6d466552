import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Brand } from '@/components/shared/brand';
import { NotFoundMessage } from '@/components/shared/not-found-message';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('shared.notFound');
  return { title: t('page') };
}

export default function NotFound() {
  return (
    <main id="main" className="flex min-h-dvh flex-col items-center justify-center gap-8">
      <Brand />
      <NotFoundMessage />
    </main>
  );
}
