'use client';

import { useLinkStatus } from 'next/link';

/** Inside a link: a bar across the top of the window while the page it leads to is on its way. */
export function LinkPending() {
  const { pending } = useLinkStatus();
  if (!pending) return null;
  return (
    <span
      aria-hidden="true"
      className="pointer-events-none fixed inset-x-0 top-0 z-50 h-0.75 animate-under-way bg-accent"
    />
  );
}
