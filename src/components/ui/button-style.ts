import { cva, type VariantProps } from 'class-variance-authority';

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

export type ButtonStyle = VariantProps<typeof buttonStyle>;
