'use client';

import { lazyWhenOpen } from './lazy-when-open';

/** In the middle on a desktop, from the bottom edge on a phone. */
export const Dialog = lazyWhenOpen(() => import('./dialog-popup'));
