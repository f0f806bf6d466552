import { CloudOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from './button';
import { cn } from './cn';

type ErrorStateProps = {
  /** What happened. */
  title: string;
  /** What to do. */
  children: ReactNode;
  onRetry?: () => void;
  retrying?: boolean;
  action?: ReactNode;
  className?: string;
};

export function ErrorState({
  title,
  children,
  onRetry,
  retrying,
  action,
  className,
}: ErrorStateProps) {
  const t = useTranslations('ui');
  return (
    <div
      role="alert"
      className={cn('flex flex-col items-center px-6 py-14 text-center', className)}
    >
      <span className="grid size-14 place-items-center rounded-full bg-bad-soft text-bad-ink">
        <CloudOff aria-hidden="true" className="size-6" strokeWidth={1.75} />
      </span>
      <h2 className="mt-4 text-lg">{title}</h2>
      <p className="mt-1 max-w-sm text-pretty text-quiet text-sm">{children}</p>
      <div className="mt-5 flex gap-2">
        {onRetry && (
          <Button variant="primary" onClick={onRetry} loading={retrying}>
            {t('tryAgain')}
          </Button>
        )}
        {action}
      </div>
    </div>
  );
}
