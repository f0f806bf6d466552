import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Board } from '@/components/admin/board';
import { boardAddress, readFilter } from '@/components/admin/board-filter';
import { requireRole } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin.board');
  return { title: t('page') };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Page({ searchParams }: Props) {
  const given = Object.entries(await searchParams).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[key, value]] : [],
  );
  const params = new URLSearchParams(given);
  // The same filter and order after signing in.
  await requireRole('admin', boardAddress(readFilter(params), params.get('order')));
  return <Board />;
}
