import type { Metadata } from 'next';
import { Board } from '@/components/admin/board';
import { requireRole } from '@/trpc/server';

export const metadata: Metadata = { title: 'Board' };

type Props = { searchParams: Promise<{ order?: string | string[] }> };

export default async function Page({ searchParams }: Props) {
  const { order } = await searchParams;
  await requireRole('admin', typeof order === 'string' ? `/admin?order=${order}` : '/admin');
  return <Board />;
}
