import { deliveryMachine } from '@/domain/delivery';
import type { OrderCard } from '@/domain/views';

/** Those whom a driver can be given to, or taken from before. */
export function mayAssign({ delivery }: OrderCard): boolean {
  if (!delivery) return false;
  const steps = deliveryMachine.steps[delivery.status];
  return steps.assign !== undefined || steps.unassign !== undefined;
}
