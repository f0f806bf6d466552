'use client';

import { lazyIsland } from '@/components/ui/lazy-island';

/** Drawn by the server and not to be touched before their code is there, which is more than the rest of the page's. */
export const SignInForm = lazyIsland(async () => ({
  default: (await import('./sign-in-form')).SignInForm,
}));
export const SignUpForm = lazyIsland(async () => ({
  default: (await import('./sign-up-form')).SignUpForm,
}));
