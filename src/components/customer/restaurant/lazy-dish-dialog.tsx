'use client';

import { lazy, Suspense, useEffect } from 'react';
import { whenIdle } from '@/components/ui/when-idle';
import type { DishDialogProps } from './dish-dialog';

const load = () => import('./dish-dialog');
const Loaded = lazy(load);

/** The dialog of a dish, whose code comes when the page is idle. */
export function LazyDishDialog({ dish }: { dish: DishDialogProps | null }) {
  useEffect(() => whenIdle(() => void load()), []);
  if (!dish) return null;
  return (
    <Suspense fallback={null}>
      <Loaded key={dish.item.id} {...dish} />
    </Suspense>
  );
}
