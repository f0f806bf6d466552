'use client';

import { useNow } from '@/components/shared/clock';
import type { LiveState } from '@/components/shared/live-badge';
import type { MapMarker } from '@/components/shared/map/map-marker';
import { MapOnDemand } from '@/components/shared/map/map-on-demand';
import type { DeliveryImage } from '@/domain/delivery';
import type { DriverPosition } from '@/domain/driver';
import { type GeoPoint, haversineMeters } from '@/domain/geo';
import type { OrderImage } from '@/domain/order';
import { STALE_AFTER_S } from '@/domain/position-limits';
import { courierName, isCarrying } from './order-story';
import { useOrderWords } from './use-order-words';

type OrderMapProps = {
  order: OrderImage;
  delivery: DeliveryImage | null;
  courier: DriverPosition | null;
  live: LiveState;
};

/** The kitchen, the door and whoever rides between them, on the map and in words. */
export function OrderMap({ order, delivery, courier, live }: OrderMapProps) {
  const words = useOrderWords();
  const { t, format } = words;
  const now = useNow(10);
  const told = { order, delivery };
  const carried = isCarrying(told);
  const counter = order.fulfilment === 'pickup';
  const goal = carried ? order.dropoff : order.pickup;
  const ageS = courier ? (now.getTime() - new Date(courier.recordedAt).getTime()) / 1_000 : 0;
  const stale = courier !== null && (live.status === 'stale' || ageS > STALE_AFTER_S);
  const name = courierName(told, words);
  const place = carried ? t('map.door') : order.restaurantName;
  const awayM = courier ? haversineMeters(courier.at, goal) : 0;

  const markers: MapMarker[] = [
    {
      id: 'restaurant',
      kind: 'restaurant',
      at: order.pickup,
      label: order.restaurantName,
      muted: carried,
    },
  ];
  if (!counter) {
    markers.push({ id: 'door', kind: 'door', at: order.dropoff, label: order.dropoffAddress });
  }
  if (courier) {
    const headingDeg = courier.headingDeg ?? undefined;
    markers.push({
      ...{ id: 'courier', kind: 'courier', at: courier.at, label: name },
      ...{ headingDeg, muted: stale },
    });
  }

  return (
    <div className="relative size-full">
      <MapOnDemand
        fit={fitted(order, courier)}
        route={courier ? [courier.at, goal] : undefined}
        markers={markers}
        label={t(counter ? 'map.counter' : 'map.label')}
      />
      {courier && (
        <p className="numerals pointer-events-none absolute start-3 top-3 max-w-[calc(100%-5rem)] rounded-full bg-raised/95 px-3 py-1.5 font-medium text-xs shadow-float">
          {stale
            ? t('map.awayStale', {
                courier: name,
                place,
                distance: format.distance(awayM),
                age: format.age(courier.recordedAt, now),
              })
            : t('map.away', { courier: name, place, distance: format.distance(awayM) })}
        </p>
      )}
      <p aria-live="polite" className="sr-only">
        {courier &&
          t('map.spoken', {
            courier: name,
            place,
            distance: format.distance(spokenMeters(awayM)),
          })}
      </p>
    </div>
  );
}

const AROUND_COUNTER_DEG = 0.002;

/** What the map shows: both ends of the way and the courier; for a counter, what lies around it. */
function fitted({ fulfilment, pickup, dropoff }: OrderImage, courier: DriverPosition | null) {
  if (fulfilment === 'pickup') {
    const { lat, lng } = pickup;
    return [-AROUND_COUNTER_DEG, AROUND_COUNTER_DEG].map((d) => ({ lat: lat + d, lng: lng + d }));
  }
  return [pickup, dropoff, ...(courier ? [neighbourhood(courier.at)] : [])];
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
