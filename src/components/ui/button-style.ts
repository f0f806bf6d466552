import { cva, type VariantProps } from 'class-variance-authority';
import { BUTTON, MEDIUM, PRIMARY, SECONDARY } from './button-classes';

export const buttonStyle = cva(BUTTON, {
  variants: {
    variant: {
      primary: PRIMARY,
      secondary: SECONDARY,
      quiet: 'text-ink hover:bg-hover',
      danger: 'bg-bad text-on-bad hover:brightness-95',
      'danger-quiet': 'text-bad-ink hover:bg-bad-soft',
    },
    size: {
      sm: 'h-9 px-3 text-sm pointer-coarse:min-h-11 [&_svg]:size-4',
      md: MEDIUM,
      lg: 'h-12 px-5 text-base [&_svg]:size-5',
      thumb: 'h-14 px-6 text-base font-semibold [&_svg]:size-5',
      icon: 'size-11 [&_svg]:size-5',
      'icon-sm': 'size-9 pointer-coarse:size-11 [&_svg]:size-[18px]',
    },
    full: { true: 'w-full' },
  },
  defaultVariants: { variant: 'secondary', size: 'md' },
});

export type ButtonStyle = VariantProps<typeof buttonStyle>;
