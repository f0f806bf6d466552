'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

/** The person who is open, kept in the address so that they can be linked. */
export function useSelectedPerson() {
  const selected = useSearchParams().get('person');
  const open = useCallback((userId: string) => {
    window.history.pushState(null, '', `/admin/people?person=${userId}`);
  }, []);
  const close = useCallback(() => {
    window.history.pushState(null, '', '/admin/people');
  }, []);
  return { selected, open, close };
}
