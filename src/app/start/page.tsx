import { redirect } from 'next/navigation';
import { HOME } from '@/domain/roles';
import { getViewer } from '@/trpc/server';

/** Where the app on a home screen begins: everybody lands where their role belongs. */
export default async function StartPage() {
  const viewer = await getViewer();
  redirect(viewer ? HOME[viewer.role] : '/');
}
