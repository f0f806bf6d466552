'use client';

import { lazyWhenOpen } from '@/components/ui/lazy-when-open';

/** Search for a door, or take one that was kept; then confirm it on the map. */
export const AddressDialog = lazyWhenOpen(() => import('./address-popup'));
