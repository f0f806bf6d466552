import { cn } from '@/components/ui/cn';
import type { Ring } from '@/domain/ring';
import type { MapView } from './map';

export type ShownShape = { id: string; label: string; ring: Ring };

type PolygonShapeProps = { shape: ShownShape; view: MapView; own?: boolean };

/** An area over the map, with its name in the middle. */
export function PolygonShape({ shape: { label, ring }, view, own = false }: PolygonShapeProps) {
  const points = ring.map(([lng, lat]) => view.project({ lng, lat }));
  if (points.length === 0) return null;
  const middle = (axis: 'x' | 'y') =>
    points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  return (
    <g>
      <polygon
        points={points.map(({ x, y }) => `${x},${y}`).join(' ')}
        strokeWidth={own ? 2.5 : 1.5}
        strokeDasharray={own ? undefined : '5 4'}
        strokeLinejoin="round"
        className={own ? 'fill-accent/15 stroke-accent' : 'fill-ink/5 stroke-quiet'}
      />
      {label && (
        <text
          x={middle('x')}
          y={middle('y')}
          textAnchor="middle"
          strokeWidth={4}
          paintOrder="stroke"
          className={cn('fill-ink stroke-raised font-medium text-xs')}
        >
          {label}
        </text>
      )}
    </g>
  );
}
