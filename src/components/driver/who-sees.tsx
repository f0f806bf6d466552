import { Eye, EyeOff } from 'lucide-react';
import { maySeeCourier } from '@/domain/audiences';
import type { Job } from './job-words';

function watchers(jobs: readonly Job[]): string[] {
  return jobs.flatMap(({ order, delivery }) => {
    const { customerId, customerName: name } = order;
    const customer = { userId: customerId, role: 'customer' as const, name };
    const parties = { customerId, driverId: delivery.driverId };
    return maySeeCourier(customer, parties, delivery) ? [`${name} (#${order.number})`] : [];
  });
}

/** Who can see where the driver is, at this moment. */
export function WhoSees({ online, jobs }: { online: boolean; jobs: readonly Job[] }) {
  const customers = watchers(jobs);
  const Icon = online ? Eye : EyeOff;
  const words = online
    ? customers.length > 0
      ? `${customers.join(' and ')} and the dispatchers see where you are.`
      : 'Dispatchers see where you are. No customer does.'
    : 'Nobody sees where you are.';
  return (
    <p className="flex items-start gap-2.5 px-1 text-quiet text-sm">
      <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      {words}
    </p>
  );
}
