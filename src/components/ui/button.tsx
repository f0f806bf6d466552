import Link from 'next/link';
import type { ComponentProps, MouseEvent } from 'react';
import { type ButtonStyle, buttonStyle } from './button-style';
import { cn } from './cn';

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
