'use client';

import { useEffect, useState } from 'react';
import { lazyWhenOpen } from '@/components/ui/lazy-when-open';

const Palette = lazyWhenOpen(() => import('./palette'));

/** ⌘K or Ctrl-K, on every page of the admin. */
export function PaletteKey() {
  const [open, setOpen] = useState(false);
  // The keyboard; over another dialog it stays closed.
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.metaKey || event.ctrlKey) || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      const covered = document.querySelector(':is([role=dialog], [role=alertdialog])[data-open]');
      setOpen((before) => !before && covered === null);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return <Palette open={open} onOpenChange={setOpen} />;
}
