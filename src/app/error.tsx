'use client';

import { PageError } from '@/components/shared/page-error';

export default function ErrorPage({ retry }: { error: unknown; retry: () => void }) {
  return (
    <main id="main">
      <PageError onRetry={retry} />
    </main>
  );
}
