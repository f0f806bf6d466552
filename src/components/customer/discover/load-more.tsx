'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { Button } from '@/components/ui/button';
import type { DiscoverState } from './use-discover';

/** So far ahead of the end of the list the next page is asked for. */
const AHEAD = '600px';

/** Brings the next page before the reader is there; a button for those who don't scroll, and on errors. */
export function LoadMore({ more }: { more: DiscoverState['more'] }) {
  const t = useTranslations('discover.more');
  const end = useRef<HTMLDivElement>(null);
  const { there, loading, failed, load } = more;
  const latest = useRef(load);
  useEffect(() => {
    latest.current = load;
  });

  // Watches the browser's viewport for the end of the list.
  useEffect(() => {
    if (!there || loading || failed || !end.current) return;
    const observer = new IntersectionObserver(
      ([entry]) => entry?.isIntersecting && latest.current(),
      { rootMargin: AHEAD },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [there, loading, failed]);

  if (!there) return null;
  return (
    <div ref={end} className="mt-8 flex flex-col items-center gap-2">
      {failed && (
        <p role="alert" className="text-quiet text-sm">
          {t('failed')}
        </p>
      )}
      <Button size="lg" loading={loading} onClick={load}>
        {t('action')}
      </Button>
    </div>
  );
}
