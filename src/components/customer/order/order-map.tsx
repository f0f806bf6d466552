'use client';

import { useNow } from '@/components/shared/clock';
import { LazyMap } from '@/components/shared/lazy-map';
import type { LiveState } from '@/components/shared/live-badge';
import { ageWords, distanceWords } from '@/components/shared/time-words';
import type { DeliveryImage } from '@/domain/delivery';
import type { DriverPosition } from '@/domain/driver';
import { type GeoPoint, haversineMeters } from '@/domain/geo';
import type { OrderImage } from '@/domain/order';
import { STALE_AFTER_S } from '@/domain/position';

type OrderMapProps = {
  order: OrderImage;
  delivery: DeliveryImage | null;
  courier: DriverPosition | null;
  live: LiveState;
};

/** The kitchen, the door and whoever rides between them, on the map and in words. */
export function OrderMap({ order, delivery, courier, live }: OrderMapProps) {
  const now = useNow(10);
  const carried = delivery?.status === 'picked_up' || delivery?.status === 'at_dropoff';
  const goal = carried ? order.dropoff : order.pickup;
  const ageS = courier ? (now.getTime() - new Date(courier.recordedAt).getTime()) / 1_000 : 0;
  const stale = courier !== null && (live.status === 'stale' || ageS > STALE_AFTER_S);
  const name = delivery?.driverName ?? 'Your courier';
  const goalName = carried ? 'your door' : order.restaurantName;
  const awayM = courier ? haversineMeters(courier.at, goal) : 0;
  const age = courier && stale ? `, as of ${ageWords(courier.recordedAt, now)} ago` : '';

  return (
    <div className="relative size-full">
      <LazyMap
        className="size-full"
        fit={[order.pickup, order.dropoff, ...(courier ? [neighbourhood(courier.at)] : [])]}
        route={courier ? [courier.at, goal] : undefined}
        markers={[
          {
            id: 'restaurant',
            kind: 'restaurant',
            at: order.pickup,
            label: order.restaurantName,
            muted: carried,
          },
          { id: 'door', kind: 'door', at: order.dropoff, label: order.dropoffAddress },
          ...(courier
            ? [
                {
                  id: 'courier',
                  kind: 'courier' as const,
                  at: courier.at,
                  headingDeg: courier.headingDeg ?? undefined,
                  label: name,
                  muted: stale,
                },
              ]
            : []),
        ]}
        label="Map of your delivery"
      />
      {courier && (
        <p className="numerals pointer-events-none absolute top-3 left-3 max-w-[calc(100%-5rem)] rounded-full bg-raised/95 px-3 py-1.5 font-medium text-xs shadow-float">
          {name} is {distanceWords(awayM)} from {goalName}
          {age}
        </p>
      )}
      <p aria-live="polite" className="sr-only">
        {courier && `${name} is about ${distanceWords(spokenMeters(awayM))} from ${goalName}.`}
      </p>
    </div>
  );
}

/** The corner of a grid of some 300 m: the map frames the courier anew at each, not at each fix. */
const neighbourhood = ({ lat, lng }: GeoPoint): GeoPoint => ({
  lat: Math.round(lat / 0.003) * 0.003,
  lng: Math.round(lng / 0.003) * 0.003,
});

/** In steps that are worth reading out, metres. */
function spokenMeters(meters: number): number {
  const step = meters > 1_000 ? 500 : 200;
  return Math.max(step, Math.round(meters / step) * step);
}
