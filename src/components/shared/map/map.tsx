'use client';

import { Minus, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { cn } from '@/components/ui/cn';
import type { GeoPoint } from '@/domain/geo';
import { hasWebGl } from './load-maplibre';
import { type Hover, MapEngine, type MapListeners } from './map-engine';
import { MapFallback } from './map-fallback';
import type { MapMarker } from './map-marker';
import { useMapStyleUrl } from './map-style-provider';
import { useMapTheme } from './use-map-theme';
import './map.css';

export type { MapMarker } from './map-marker';

const NO_POINTS: readonly GeoPoint[] = [];

export type MapProps = {
  className?: string;
  center?: GeoPoint;
  zoom?: number;
  /** Shows all of these; moves again when the set changes. */
  fit?: readonly GeoPoint[];
  markers: readonly MapMarker[];
  /** What is left of the way. */
  route?: readonly GeoPoint[];
  /** A click, the end of a drag of the pin, or Enter for the middle of the map. */
  onPick?: (p: GeoPoint) => void;
  /** An area, by its corners. */
  area?: readonly GeoPoint[];
  /** A marker that can be dragged was let go. */
  onDrop?: (id: string, at: GeoPoint) => void;
  /** Lets the pin be dragged. */
  pickable?: boolean;
  label: string;
  interactive?: boolean;
  /** What is drawn over it; drawn anew as the map moves. */
  overlay?: (view: MapView) => ReactNode;
  /** It is drawn, or it can't be. */
  onSettled?: (drawn: boolean) => void;
};

/** Where places lie on the screen, pixels of the map's box. */
export type MapView = Pick<MapEngine, 'project' | 'unproject'>;

type Phase = 'loading' | 'ready' | 'unsupported' | 'failed';

const keyOf = (points: readonly GeoPoint[]): string =>
  points.map(({ lat, lng }) => `${lat.toFixed(5)},${lng.toFixed(5)}`).join(' ');

function CityMap({
  className,
  center,
  zoom,
  fit = NO_POINTS,
  markers,
  route = NO_POINTS,
  area = NO_POINTS,
  onPick,
  onDrop,
  pickable,
  label,
  interactive = true,
  overlay,
  onSettled,
}: MapProps) {
  const t = useTranslations('shared.map');
  const container = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [engine, setEngine] = useState<MapEngine | null>(null);
  const [phase, setPhase] = useState<Phase>('loading');
  const [attempt, setAttempt] = useState(0);
  const [hover, setHover] = useState<Hover | null>(null);
  const theme = useMapTheme();
  const styleUrl = useMapStyleUrl();

  // What the engine reads when it starts or calls back: always the latest, never a reason to restart.
  const listeners = useRef<MapListeners>({ onHover: setHover });
  const start = useRef({ center, zoom, theme, label, onSettled });
  useEffect(() => {
    listeners.current = { onPick, onDrop, pickable, onHover: setHover };
    start.current = { center, zoom, theme, label, onSettled };
  });

  // The effect owns a MapLibre map: WebGL, a worker, listeners. A new attempt makes a new one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` restarts on purpose
  useEffect(() => {
    if (container.current === null || canvas.current === null) return;
    let gone = false;
    const settle = (settled: Phase): void => {
      if (gone) return;
      setPhase(settled);
      start.current.onSettled?.(settled === 'ready');
    };
    if (!hasWebGl()) return settle('unsupported');
    let current: MapEngine | null = null;
    const first = start.current;
    MapEngine.start({
      container: container.current,
      canvas: canvas.current,
      label: first.label,
      theme: first.theme,
      interactive,
      styleUrl,
      asked: { center: first.center, zoom: first.zoom },
      listeners: () => listeners.current,
      onReady: () => settle('ready'),
    }).then(
      (started) => {
        if (gone) return started.destroy();
        current = started;
        setEngine(started);
      },
      () => settle('failed'),
    );
    return () => {
      gone = true;
      setEngine(null);
      current?.destroy();
    };
  }, [interactive, styleUrl, attempt]);

  const centerKey = center && keyOf([center]);
  const fitKey = useMemo(() => keyOf(fit), [fit]);
  useEffect(() => engine?.setTheme(theme), [engine, theme]);
  useEffect(() => engine?.setMarkers(markers), [engine, markers]);
  useEffect(() => engine?.setRoute(route), [engine, route]);
  useEffect(() => engine?.setArea(area), [engine, area]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the points
  useEffect(() => engine?.fit(fit), [engine, fitKey]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the centre
  useEffect(() => {
    if (center !== undefined || zoom !== undefined) engine?.moveTo(center, zoom);
  }, [engine, centerKey, zoom]);

  if (phase === 'unsupported' || phase === 'failed') {
    const retry = (): void => {
      setPhase('loading');
      setAttempt(attempt + 1);
    };
    return (
      <MapFallback
        className={className}
        label={label}
        markers={markers}
        reason={t(phase)}
        onRetry={phase === 'failed' ? retry : undefined}
      />
    );
  }
  return (
    <section
      aria-label={label}
      aria-busy={phase === 'loading'}
      className={cn('group relative isolate overflow-hidden bg-sunken', className)}
    >
      <div
        ref={container}
        dir="ltr"
        className={cn(
          'absolute inset-0 transition-opacity duration-300',
          phase === 'loading' && 'opacity-0',
        )}
      />
      <canvas ref={canvas} className="pointer-events-none absolute inset-0 size-full" />
      {overlay && engine && <MapOverlay engine={engine} draw={overlay} />}
      {onPick && (
        <span
          aria-hidden="true"
          className="-translate-x-1/2 -translate-y-1/2 pointer-events-none absolute top-1/2 left-1/2 hidden size-7 rounded-full border-2 border-accent bg-accent/15 group-has-[canvas:focus-visible]:block"
        />
      )}
      {hover && (
        <span
          aria-hidden="true"
          dir="auto"
          style={{ left: hover.x, top: hover.y }}
          className="-translate-x-1/2 pointer-events-none absolute mt-4 max-w-60 truncate rounded-control bg-raised px-2.5 py-1 font-medium text-ink text-xs shadow-float"
        >
          {hover.label}
        </span>
      )}
      {interactive && <ZoomButtons onZoom={(levels) => engine?.zoomBy(levels)} />}
    </section>
  );
}

function MapOverlay({ engine, draw }: { engine: MapEngine; draw: (view: MapView) => ReactNode }) {
  const [, redraw] = useReducer((times: number) => times + 1, 0);
  useEffect(() => engine.onView(redraw), [engine]);
  return (
    <div dir="ltr" className="pointer-events-none absolute inset-0 overflow-hidden">
      {draw(engine)}
    </div>
  );
}

function ZoomButtons({ onZoom }: { onZoom: (levels: number) => void }) {
  const t = useTranslations('shared.map');
  const look =
    'grid size-11 place-items-center text-quiet transition-colors hover:bg-hover hover:text-ink';
  return (
    <div className="absolute end-3 bottom-3 flex flex-col overflow-hidden rounded-control bg-raised shadow-float">
      <button type="button" aria-label={t('zoomIn')} className={look} onClick={() => onZoom(1)}>
        <Plus aria-hidden="true" className="size-5" />
      </button>
      <button
        type="button"
        aria-label={t('zoomOut')}
        className={cn(look, 'border-line border-t')}
        onClick={() => onZoom(-1)}
      >
        <Minus aria-hidden="true" className="size-5" />
      </button>
    </div>
  );
}

export { CityMap as Map };
