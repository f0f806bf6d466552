'use client';

import { MapIcon } from 'lucide-react';
import { LazyMap } from '@/components/shared/lazy-map';
import type { MapMarker } from '@/components/shared/map/map-marker';
import type { DeliveryImage } from '@/domain/delivery';
import { type GeoPoint, haversineMeters } from '@/domain/geo';
import { STALE_AFTER_S } from '@/domain/position-limits';
import type { OrderView } from '@/domain/views';
import { Panel } from './panel';
import { type StoryWords, useStoryWords } from './use-story-words';

type CourierThen = { at: GeoPoint; recordedAt: string };
type MapPanelProps = { order: OrderView; courier: CourierThen | null; at: string };

const WITH_FOOD: ReadonlySet<DeliveryImage['status']> = new Set(['picked_up', 'at_dropoff']);

/** Who was where: kitchen, door, and the courier by the points that are kept of their way. */
export function MapPanel({ order: { order, delivery }, courier, at }: MapPanelProps) {
  const words = useStoryWords();
  const { story, t } = words;
  const carried = delivery !== null && WITH_FOOD.has(delivery.status);
  const goal = carried ? order.dropoff : order.pickup;
  const counter = order.fulfilment === 'pickup';
  const stale = courier !== null && ageS(courier, at) > STALE_AFTER_S;
  const markers: MapMarker[] = [
    {
      ...{ id: 'restaurant', kind: 'restaurant', at: order.pickup, muted: carried },
      label: order.restaurantName,
    },
  ];
  if (!counter) {
    markers.push({ id: 'door', kind: 'door', at: order.dropoff, label: order.dropoffAddress });
  }
  if (courier) {
    const label = delivery?.driverName ?? t('theDriver');
    markers.push({ id: 'courier', kind: 'courier', at: courier.at, label, muted: stale });
  }
  return (
    <Panel icon={MapIcon} title={t('board.map')} className="min-h-80 md:col-span-2">
      <div className="relative min-h-72 flex-1">
        <LazyMap
          className="absolute inset-0"
          fit={[
            order.pickup,
            ...(counter ? [] : [order.dropoff]),
            ...(courier ? [rough(courier.at)] : []),
          ]}
          markers={markers}
          route={courier ? [courier.at, goal] : undefined}
          label={story('mapLabel')}
        />
      </div>
      <p aria-live="polite" className="numerals border-line border-t px-4 py-2.5 text-sm">
        {placeWords({ order, delivery }, courier, at, carried, words)}
      </p>
    </Panel>
  );
}

/** About 250 m: the map moves after the courier now and then, not with every point. */
const GRID = 0.0025;
const rough = ({ lat, lng }: GeoPoint): GeoPoint => ({
  lat: Math.round(lat / GRID) * GRID,
  lng: Math.round(lng / GRID) * GRID,
});

const ageS = (courier: CourierThen, at: string): number =>
  (Date.parse(at) - Date.parse(courier.recordedAt)) / 1_000;

function placeWords(
  { order, delivery }: Pick<OrderView, 'order' | 'delivery'>,
  courier: CourierThen | null,
  at: string,
  carried: boolean,
  { story, t, format }: StoryWords,
): string {
  const name = delivery?.driverName;
  if (!name) return story('nobodyRode');
  if (!courier) return story('placeUnknown', { name });
  return story('wasAway', {
    name,
    distance: format.distance(haversineMeters(courier.at, carried ? order.dropoff : order.pickup)),
    place: carried ? t('map.theDoor') : order.restaurantName,
    age: format.lasting(Math.max(0, ageS(courier, at))),
  });
}
