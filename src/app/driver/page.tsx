import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DriverHome } from '@/components/driver/driver-home';
import { requireRole } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('driver');
  return { title: t('page') };
}

export default async function Page() {
  await requireRole('driver', '/driver');
  return <DriverHome />;
}
