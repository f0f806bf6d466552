import { cva, type VariantProps } from 'class-variance-authority';
import Link from 'next/link';
import type { ComponentProps, MouseEvent } from 'react';
import { cn } from './cn';

export const buttonStyle = cva(
  'relative inline-flex select-none items-center justify-center gap-2 whitespace-nowrap rounded-control font-medium transition-[background-color,border-color,color,scale] duration-150 active:scale-[0.985] disabled:pointer-events-none disabled:opacity-50 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'bg-accent text-on-accent hover:bg-accent-strong',
        secondary: 'border border-line bg-raised text-ink hover:border-edge hover:bg-hover',
        quiet: 'text-ink hover:bg-hover',
        danger: 'bg-bad text-on-bad hover:brightness-95',
        'danger-quiet': 'text-bad-ink hover:bg-bad-soft',
      },
      size: {
        sm: 'h-9 px-3 text-sm pointer-coarse:min-h-11 [&_svg]:size-4',
        md: 'h-11 px-4 text-sm [&_svg]:size-[18px]',
        lg: 'h-12 px-5 text-base [&_svg]:size-5',
        thumb: 'h-14 px-6 text-base font-semibold [&_svg]:size-5',
        icon: 'size-11 [&_svg]:size-5',
        'icon-sm': 'size-9 pointer-coarse:size-11 [&_svg]:size-[18px]',
      },
      full: { true: 'w-full' },
    },
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
);

type ButtonStyle = VariantProps<typeof buttonStyle>;
type ButtonProps = ComponentProps<'button'> & ButtonStyle & { loading?: boolean };

/** While `loading` it keeps its width, its name and the focus, and does nothing. */
export function Button({
  variant,
  size,
  full,
  loading = false,
  type = 'button',
  className,
  onClick,
  children,
  ...props
}: ButtonProps) {
  const guard = (event: MouseEvent<HTMLButtonElement>) => {
    if (loading) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <button
      {...props}
      type={type}
      aria-busy={loading || undefined}
      aria-disabled={loading || undefined}
      onClick={guard}
      className={cn(buttonStyle({ variant, size, full }), className)}
    >
      <span className={cn('contents', loading && '[&>*]:opacity-0 text-transparent')}>
        {children}
      </span>
      {loading && <Spinner className="absolute" />}
    </button>
  );
}

export function LinkButton({
  variant,
  size,
  full,
  className,
  ...props
}: ComponentProps<typeof Link> & ButtonStyle) {
  return <Link {...props} className={cn(buttonStyle({ variant, size, full }), className)} />;
}

export function Spinner({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 20 20"
      aria-hidden="true"
      className={cn('size-5 animate-spin motion-reduce:animate-breathe', className)}
    >
      <circle
        cx="10"
        cy="10"
        r="8"
        fill="none"
        stroke="currentColor"
        strokeOpacity="0.25"
        strokeWidth="2.4"
      />
      <path
        d="M10 2a8 8 0 0 1 8 8"
        fill="none"
        stroke="currentColor"
        strokeLinecap="round"
        strokeWidth="2.4"
      />
    </svg>
  );
}
