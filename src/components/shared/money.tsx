import { cn } from '@/components/ui/cn';
import { useFormat } from './use-format';

type MoneyProps = { amount: number; currency: string; className?: string };

/** An amount in minor units. */
export function Money({ amount, currency, className }: MoneyProps) {
  const { money } = useFormat();
  return (
    <span className={cn('numerals whitespace-nowrap', className)}>{money(amount, currency)}</span>
  );
}
