import type { ComponentProps } from 'react';
import { cn } from './cn';
import { SOFT_TONE, type Tone } from './tone';

type BadgeProps = ComponentProps<'span'> & { tone?: Tone; size?: 'sm' | 'md' };

/** A pill with a word in it; give it an icon too when its tone says something. */
export function Badge({ tone = 'neutral', size = 'md', className, ...props }: BadgeProps) {
  return (
    <span
      {...props}
      className={cn(
        'inline-flex shrink-0 items-center gap-1.5 whitespace-nowrap rounded-full font-medium',
        size === 'sm' ? 'h-5 px-2 text-xs [&_svg]:size-3' : 'h-6.5 px-2.5 text-xs [&_svg]:size-3.5',
        SOFT_TONE[tone],
        className,
      )}
    />
  );
}
