import { type ClassValue, clsx } from 'clsx';
import { extendTailwindMerge } from 'tailwind-merge';

const merge = extendTailwindMerge({
  extend: { theme: { radius: ['control', 'card'], shadow: ['float'] } },
});

/** Joins class names; of two that set the same property, the later one stays. */
export const cn = (...classes: ClassValue[]): string => merge(clsx(classes));
