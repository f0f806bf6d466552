import { type Audience, projectEvent } from './audiences';
import type { LogEvent } from './events';
import type { Viewer } from './roles';

/** The channels of hosted mode, by audience. A name says whom it is for; who may join is in `audiences`. */

const KINDS = ['customer', 'driver', 'kitchen', 'share'] as const;

export const channelOf = (audience: Audience): string =>
  'id' in audience ? `private-${audience.kind}-${audience.id}` : `private-${audience.kind}`;

export function audienceOf(channel: string): Audience | null {
  if (channel === 'private-admin') return { kind: 'admin' };
  if (channel === 'private-restaurants') return { kind: 'restaurants' };
  const [, kind, id = ''] = /^private-([a-z]+)-([\w-]{1,64})$/.exec(channel) ?? [];
  const known = KINDS.find((one) => one === kind);
  return known ? { kind: known, id } : null;
}

const GUEST: Viewer = { userId: '', role: 'customer', name: '' };

/** Who is told of an event, and what they may see of it; `null`: only that there is something. */
export type Told = { audience: Audience; event: LogEvent | null };

/**
 * Payload goes to somebody's own channel and to what everybody may read. Dispatchers and kitchens, whose
 * rights may end while they listen, are told that there is something, and ask.
 */
export function toldOf(event: LogEvent): Told[] {
  const told: Told[] = [{ audience: { kind: 'admin' }, event: null }];
  const { customerId, driverId, restaurantId } = event;
  const tell = (audience: Audience, viewer: Viewer) => {
    const seen = projectEvent(viewer, event);
    if (seen) told.push({ audience, event: seen });
  };
  if (customerId) {
    tell({ kind: 'customer', id: customerId }, { ...GUEST, userId: customerId });
  }
  if (driverId) {
    tell({ kind: 'driver', id: driverId }, { userId: driverId, role: 'driver', name: '' });
  }
  if (event.stream === 'restaurant') tell({ kind: 'restaurants' }, GUEST);
  if (restaurantId) told.push({ audience: { kind: 'kitchen', id: restaurantId }, event: null });
  return told;
}
