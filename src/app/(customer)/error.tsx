'use client';

import { PageError } from '@/components/shared/page-error';

export default function ErrorPage({ retry }: { error: unknown; retry: () => void }) {
  return <PageError onRetry={retry} />;
}
