import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';

type PanelProps = {
  icon: LucideIcon;
  title: string;
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
};

/** What one of them saw. */
export function Panel({ icon: Icon, title, aside, className, children }: PanelProps) {
  return (
    <section
      aria-label={title}
      className={cn(
        'flex flex-col overflow-hidden rounded-card border border-line bg-raised',
        className,
      )}
    >
      <header className="flex min-h-11 shrink-0 items-center gap-2 border-line border-b px-4 py-2">
        <Icon aria-hidden="true" className="size-4 shrink-0 text-quiet" />
        <h2 className="text-sm tracking-normal">{title}</h2>
        <span className="ms-auto min-w-0 truncate text-quiet text-sm">{aside}</span>
      </header>
      {children}
    </section>
  );
}

type RowProps = { name: string; children: ReactNode };

export const Row = ({ name, children }: RowProps) => (
  <div className="flex items-baseline justify-between gap-4 py-1.5">
    <dt className="shrink-0 text-quiet">{name}</dt>
    <dd className="numerals min-w-0 text-end">{children}</dd>
  </div>
);
