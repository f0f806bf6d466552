'use client';

import { LinkButton } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';

/** A page that broke, with a way on. */
export const PageError = ({ onRetry }: { onRetry: () => void }) => (
  <div className="grid min-h-[70dvh] place-items-center">
    <ErrorState
      title="This page could not be shown"
      onRetry={onRetry}
      action={<LinkButton href="/">Go to the start</LinkButton>}
    >
      Something broke on our side, not on yours. Nothing that you ordered is lost. Try again in a
      moment.
    </ErrorState>
  </div>
);
