import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Board } from '@/components/admin/board';
import { requireRole } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin.board');
  return { title: t('page') };
}

type Props = { searchParams: Promise<{ order?: string | string[] }> };

export default async function Page({ searchParams }: Props) {
  const { order } = await searchParams;
  await requireRole('admin', typeof order === 'string' ? `/admin?order=${order}` : '/admin');
  return <Board />;
}
