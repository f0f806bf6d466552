import { Eye, EyeOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useFormat } from '@/components/shared/use-format';
import { maySeeCourier } from '@/domain/audiences';
import type { Job } from './job-words';

function watchersOf(jobs: readonly Job[]): { name: string; number: number }[] {
  return jobs.flatMap(({ order, delivery }) => {
    const { customerId, customerName: name } = order;
    const customer = { userId: customerId, role: 'customer' as const, name };
    const parties = { customerId, driverId: delivery.driverId };
    return maySeeCourier(customer, parties, delivery) ? [{ name, number: order.number }] : [];
  });
}

/** Who can see where the driver is, at this moment. */
export function WhoSees({ online, jobs }: { online: boolean; jobs: readonly Job[] }) {
  const t = useTranslations('driver.seen');
  const { list } = useFormat();
  const watchers = watchersOf(jobs);
  const Icon = online ? Eye : EyeOff;
  const words = online
    ? watchers.length > 0
      ? t('byCustomers', { customers: list(watchers.map((each) => t('customer', each))) })
      : t('byDispatchers')
    : t('byNobody');
  return (
    <p className="flex items-start gap-2.5 px-1 text-quiet text-sm">
      <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      {words}
    </p>
  );
}
