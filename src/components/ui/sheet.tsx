'use client';

import { lazyWhenOpen } from './lazy-when-open';

/** A panel from an edge; it can be swiped away. */
export const Sheet = lazyWhenOpen(() => import('./sheet-popup'));
