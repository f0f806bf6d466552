'use client';

import { LinkButton } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';

export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  return (
    <main id="main" className="grid min-h-[70dvh] place-items-center">
      <ErrorState
        title="This page could not be shown"
        onRetry={reset}
        action={<LinkButton href="/">Go to the start</LinkButton>}
      >
        Something broke on our side, not on yours. Nothing that you ordered is lost. Try again in a
        moment.
      </ErrorState>
    </main>
  );
}
