import { CHANGES_TOLD, type Change, type HandsOn, isInTheWay } from '@/domain/hands-on';
import type { OrderView } from '@/domain/views';

const isText = (value: unknown): boolean => typeof value === 'string';
const isTextOrNull = (value: unknown): boolean => value === null || isText(value);

function isChange(value: unknown): value is Change {
  if (typeof value !== 'object' || value === null) return false;
  const parts = new Map<string, unknown>(Object.entries(value));
  return (
    ['type', 'at', 'actor'].every((name) => isText(parts.get(name))) &&
    ['name', 'role', 'driver'].every((name) => isTextOrNull(parts.get(name)))
  );
}

/** What others have done, by the data of a refusal; empty where it does not say. */
export const changesIn = ({ changes }: Record<string, unknown>): Change[] =>
  Array.isArray(changes) ? changes.filter(isChange) : [];

const idOf = (actor: string): string => actor.replace('user:', '');

function nameOf(actor: string, { order, delivery, offers }: OrderView, admins: Names) {
  const id = idOf(actor);
  if (id === order.customerId) return { name: order.customerName, role: 'customer' };
  const driver =
    id === delivery?.driverId
      ? delivery.driverName
      : (offers.find(({ driverId }) => driverId === id)?.driverName ?? null);
  if (driver !== null) return { name: driver, role: 'driver' };
  const name = admins.get(id) ?? null;
  return { name, role: name === null ? null : 'admin' };
}

type Names = ReadonlyMap<string, string>;

/** What stands in the way of an action since its dialog was opened, by the live view. */
export function changesSince(
  view: OrderView,
  action: HandsOn,
  seenVersion: number,
  admins: Names,
): Change[] {
  return view.timeline
    .filter(({ type, version }) => version > seenVersion && isInTheWay(action, type))
    .slice(-CHANGES_TOLD)
    .map(({ type, at, actor }) => ({
      ...{ type, at, actor },
      ...nameOf(actor, view, admins),
      driver: type === 'delivery.assigned' ? (view.delivery?.driverName ?? null) : null,
    }));
}
