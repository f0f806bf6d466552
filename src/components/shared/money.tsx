import { cn } from '@/components/ui/cn';
import { formatMoney } from '@/domain/money';

type MoneyProps = { amount: number; currency: string; className?: string };

export const Money = ({ amount, currency, className }: MoneyProps) => (
  <span className={cn('numerals whitespace-nowrap', className)}>
    {formatMoney(amount, currency)}
  </span>
);
