'use client';

import { lazyWhenOpen } from './lazy-when-open';

/** Asks before something that can't be taken back. */
export const ConfirmDialog = lazyWhenOpen(() => import('./confirm-popup'));
