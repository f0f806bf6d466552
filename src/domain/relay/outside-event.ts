import type { LogEvent } from '@/domain/events';

/**
 * An event as others get it: all that admins see in the log but the PIN of a handover, which is the
 * customer's to say.
 */
export function outsideEvent(event: LogEvent): LogEvent {
  const { order } = event.data;
  if (!order) return event;
  return { ...event, data: { ...event.data, order: { ...order, pin: null } } };
}
