'use client';

import { lazyIsland } from '@/components/ui/lazy-island';

/** Whoever is signed in has it in their menu: their pages don't bring its code. */
export const LazyLanguageSwitch = lazyIsland(async () => ({
  default: (await import('./language-switch')).LanguageSwitch,
}));
