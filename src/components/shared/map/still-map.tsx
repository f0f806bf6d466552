import type { CSSProperties } from 'react';
import { cn } from '@/components/ui/cn';
import { lazyInBrowser } from '@/components/ui/lazy-in-browser';
import type { GeoPoint } from '@/domain/geo';
import { CITY_BOUNDS } from './city-bounds';
import type { MapMarker } from './map-marker';
import { StillMarker } from './still-marker';
import { offsetIn, type StillView, scaled, scaleOf, viewOf } from './still-view';

const StillDistricts = lazyInBrowser(() => import('./still-districts'));

type StillMapProps = {
  className?: string;
  /** Shows all of these; never empty. */
  fit: readonly GeoPoint[];
  markers: readonly MapMarker[];
  /** What is left of the way. */
  route?: readonly GeoPoint[] | undefined;
  label: string;
};

/**
 * The demo city and what moves in it without WebGL and almost without code: one picture, placed by CSS, so
 * that the server can draw it for a screen of any size.
 */
export function StillMap({ className, fit, markers, route = [], label }: StillMapProps) {
  const view = viewOf(fit);
  return (
    <div
      role="img"
      aria-label={label}
      dir="ltr"
      className={cn('still-map isolate overflow-hidden [container-type:size]', className)}
    >
      <div
        className="absolute top-1/2 left-1/2"
        style={{ '--scale': scaleOf(view) } as CSSProperties}
      >
        <City view={view} />
        <StillDistricts view={view} />
        {route.length > 1 && <Route view={view} points={route} />}
        {markers.map((marker) => (
          <StillMarker key={marker.id} marker={marker} offset={offsetIn(view, marker.at)} />
        ))}
      </div>
    </div>
  );
}

const { southWest, northEast } = CITY_BOUNDS;

function City({ view }: { view: StillView }) {
  const corner = offsetIn(view, { lat: northEast.lat, lng: southWest.lng });
  const far = offsetIn(view, { lat: southWest.lat, lng: northEast.lng });
  return (
    <div
      className="still-city absolute"
      style={{
        left: scaled(corner.x),
        top: scaled(corner.y),
        width: scaled(far.x - corner.x),
        height: scaled(far.y - corner.y),
      }}
    />
  );
}

/** Units of the line's own box, so that its side is not lost in rounding. */
const BOX = 1_000;

function Route({ view, points }: { view: StillView; points: readonly GeoPoint[] }) {
  const d = points
    .map((at, index) => {
      const { x, y } = offsetIn(view, at);
      return `${index ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${BOX} ${BOX}`}
      className="absolute top-0 left-0 overflow-visible"
      style={{ width: scaled(BOX), height: scaled(BOX) }}
      fill="none"
      strokeLinecap="round"
    >
      <path
        d={d}
        vectorEffect="non-scaling-stroke"
        stroke="var(--still-route-casing)"
        strokeWidth={9}
      />
      <path d={d} vectorEffect="non-scaling-stroke" stroke="var(--still-route)" strokeWidth={5} />
    </svg>
  );
}
