import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn';

type EmptyStateProps = {
  icon: LucideIcon;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
};

export function EmptyState({ icon: Icon, title, children, action, className }: EmptyStateProps) {
  return (
    <div className={cn('flex flex-col items-center px-6 py-14 text-center', className)}>
      <span className="grid size-14 place-items-center rounded-full bg-hover text-quiet">
        <Icon aria-hidden="true" className="size-6" strokeWidth={1.75} />
      </span>
      <h2 className="mt-4 text-lg">{title}</h2>
      {children && <p className="mt-1 max-w-sm text-pretty text-quiet text-sm">{children}</p>}
      {action && <div className="mt-5">{action}</div>}
    </div>
  );
}
