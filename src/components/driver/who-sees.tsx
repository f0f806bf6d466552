import { Eye, EyeOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useFormat } from '@/components/shared/use-format';
import { watchersOf } from '@/domain/audiences';
import type { DriverImage } from '@/domain/driver';
import type { Job } from './job-words';

type WhoSeesProps = { driver: DriverImage; jobs: readonly Job[] };

/** Who can see where the driver is, at this moment: in words, by the very rules that decide it. */
export function WhoSees({ driver, jobs }: WhoSeesProps) {
  const t = useTranslations('driver.seen');
  const { list } = useFormat();
  const { dispatchers, customers } = watchersOf(driver, jobs);
  const Icon = dispatchers === 'now' ? Eye : EyeOff;
  const names = customers.map(({ order }) =>
    t('customer', { name: order.customerName, number: order.number }),
  );
  const words = {
    now: names.length > 0 ? t('byCustomers', { customers: list(names) }) : t('byDispatchers'),
    before_break: t('onBreak'),
    never: t('byNobody'),
  };
  return (
    <p className="flex items-start gap-2.5 px-1 text-quiet text-sm">
      <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      {words[dispatchers]}
    </p>
  );
}
