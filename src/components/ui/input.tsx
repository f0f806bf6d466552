import type { ComponentProps } from 'react';
import { cn } from './cn';

export const controlStyle =
  'w-full rounded-control border border-edge bg-raised text-base text-ink transition-colors placeholder:text-faint hover:border-quiet focus-visible:border-accent focus-visible:outline-offset-0 disabled:opacity-50 aria-invalid:border-bad';

export function Input({ className, ...props }: ComponentProps<'input'>) {
  return (
    <input
      dir="auto"
      {...props}
      className={cn(controlStyle, 'h-11 px-3 [&::-webkit-search-cancel-button]:hidden', className)}
    />
  );
}

export function Textarea({ className, ...props }: ComponentProps<'textarea'>) {
  return (
    <textarea
      rows={3}
      dir="auto"
      {...props}
      className={cn(controlStyle, 'min-h-20 px-3 py-2.5', className)}
    />
  );
}
