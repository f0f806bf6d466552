import { SharePage } from '@/components/share/share-page';
import { api, notFoundOnRefusal } from '@/trpc/server';

type Props = { params: Promise<{ token: string }> };

export default async function Page({ params }: Props) {
  const { token } = await params;
  const caller = await api();
  const view = await notFoundOnRefusal(() => caller.share.view({ token }));
  return <SharePage token={token} initial={view} />;
}
