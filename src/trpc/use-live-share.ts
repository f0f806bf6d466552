'use client';

import { useState } from 'react';
import type { ShareView } from '@/domain/share';
import { trpc } from './client';
import { useLiveState } from './live';
import { refusalOf } from './refusal';

/** What a share link shows; null as soon as it is dead. For anybody who has the link. */
export function useLiveShare(token: string, initial: ShareView) {
  const [view, setView] = useState<ShareView | null>(initial);
  const { status } = trpc.share.watch.useSubscription(
    { token },
    {
      enabled: view !== null,
      onData: setView,
      onError: (error) => {
        if (refusalOf(error).code === 'not_found') setView(null);
      },
    },
  );
  return { view, live: useLiveState(status) };
}
