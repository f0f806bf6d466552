import type { Metadata } from 'next';
import { Brand } from '@/components/shared/brand';
import { NotFoundMessage } from '@/components/shared/not-found-message';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <main id="main" className="flex min-h-dvh flex-col items-center justify-center gap-8">
      <Brand />
      <NotFoundMessage />
    </main>
  );
}
