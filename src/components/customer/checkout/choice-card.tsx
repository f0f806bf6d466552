import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';

type ChoiceCardProps = {
  name: string;
  icon: LucideIcon;
  title: ReactNode;
  detail?: ReactNode;
  checked: boolean;
  disabled?: boolean;
  onChoose: () => void;
  /** Shown below while this is the choice. */
  children?: ReactNode;
};

/** One of a few ways, large enough for a thumb; a radio button underneath. */
export function ChoiceCard({
  name,
  icon: Icon,
  title,
  detail,
  checked,
  disabled = false,
  onChoose,
  children,
}: ChoiceCardProps) {
  return (
    <div
      className={cn(
        'rounded-card border bg-raised transition-colors',
        checked ? 'border-accent' : 'border-line',
      )}
    >
      <label
        className={cn(
          'flex min-h-14 cursor-pointer items-center gap-3 px-4 py-3',
          disabled && 'cursor-default opacity-55',
        )}
      >
        <input
          type="radio"
          name={name}
          checked={checked}
          disabled={disabled}
          onChange={onChoose}
          className="size-5 shrink-0 cursor-[inherit] appearance-none rounded-full border-[1.5px] border-edge bg-raised checked:border-6 checked:border-accent"
        />
        <span className="min-w-0 flex-1">
          <span className="block font-medium text-sm">{title}</span>
          {detail && <span className="mt-0.5 block text-quiet text-sm">{detail}</span>}
        </span>
        <Icon
          aria-hidden="true"
          className={cn('size-5 shrink-0', checked ? 'text-accent-ink' : 'text-faint')}
        />
      </label>
      {checked && children && <div className="border-line border-t p-4">{children}</div>}
    </div>
  );
}
