import { useTranslations } from 'next-intl';
import { cn } from '@/components/ui/cn';
import { Switch } from '@/components/ui/switch';

type SoldOutSwitchProps = {
  name: string;
  checked: boolean;
  onChange: (soldOut: boolean) => void;
  /** Where there is little room the word is said, not shown. */
  terse?: boolean;
};

/** Beside a dish: whether there is any of it. */
export function SoldOutSwitch({ name, checked, onChange, terse = false }: SoldOutSwitchProps) {
  const t = useTranslations('kitchen.stock');
  return (
    <Switch
      checked={checked}
      onChange={onChange}
      label={
        <>
          <span aria-hidden="true" className={cn(terse && 'max-sm:hidden')}>
            {t('soldOut')}
          </span>
          <span className="sr-only">{t('soldOutName', { name })}</span>
        </>
      }
      className={cn('flex-row-reverse text-quiet', terse && 'text-xs')}
    />
  );
}
