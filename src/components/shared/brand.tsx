import { cn } from '@/components/ui/cn';
import { Logo } from './logo';

/** The mark and the name. */
export const Brand = ({ className }: { className?: string }) => (
  <span className={cn('flex items-center gap-1.5', className)}>
    <Logo className="size-7 text-accent" />
    <span className="heading text-[1.0625rem]">Hotfoot</span>
  </span>
);
