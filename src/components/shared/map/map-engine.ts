import type { Map as LibreMap, MapMouseEvent, MapTouchEvent } from 'maplibre-gl';
import type { GeoPoint } from '@/domain/geo';
import { showArea } from './area-shape';
import { CITY_BOUNDS } from './city-bounds';
import { loadMapLibre } from './load-maplibre';
import type { MapMarker } from './map-marker';
import { MarkerOverlay } from './marker-overlay';
import { type MapTheme, PALETTES } from './palette';
import { showRoute } from './route-line';
import { cityStyle } from './style';

export type Hover = { label: string; x: number; y: number };

/** What the map calls back; read afresh at each event, so that it is never out of date. */
export type MapListeners = {
  onPick?: ((p: GeoPoint) => void) | undefined;
  pickable?: boolean | undefined;
  /** A marker that can be dragged was let go. */
  onDrop?: ((id: string, at: GeoPoint) => void) | undefined;
  onHover: (hover: Hover | null) => void;
};

export type EngineOptions = {
  container: HTMLElement;
  canvas: HTMLCanvasElement;
  label: string;
  theme: MapTheme;
  interactive: boolean;
  styleUrl: string | undefined;
  /** What the page asked for, if anything. */
  asked: { center: GeoPoint | undefined; zoom: number | undefined };
  listeners: () => MapListeners;
  onReady: () => void;
};

const EMBERHAVEN: GeoPoint = { lat: 37.899, lng: -29.6 };
/** The map is shown after this time even if a layer is still missing. */
const PATIENCE_MS = 2500;

const VIEW_EVENTS = ['move', 'resize'] as const;

const toPoint = ({ lat, lng }: GeoPoint): GeoPoint => ({ lat, lng });
const wantsLessMotion = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** The map without React: MapLibre for the town, an overlay for the markers. */
export class MapEngine {
  private readonly overlay: MarkerOverlay;
  private route: readonly GeoPoint[] = [];
  private area: readonly GeoPoint[] = [];
  private theme: MapTheme;
  private wish: string;
  private hovered: MapMarker | null = null;
  private dragged: { id: string; at: GeoPoint } | null = null;
  private shown = false;

  static async start(options: EngineOptions): Promise<MapEngine> {
    const maplibre = await loadMapLibre();
    const map = new maplibre.Map({
      container: options.container,
      style: options.styleUrl ?? cityStyle(options.theme),
      center: options.asked.center ?? EMBERHAVEN,
      zoom: options.asked.zoom ?? 13,
      ...(options.styleUrl === undefined && {
        maxBounds: [CITY_BOUNDS.southWest, CITY_BOUNDS.northEast],
      }),
      minZoom: 10.5,
      maxZoom: 18.5,
      interactive: options.interactive,
      attributionControl: options.styleUrl === undefined ? false : { compact: true },
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: wantsLessMotion() ? 0 : 200,
    });
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    return new MapEngine(map, options);
  }

  private constructor(
    private readonly map: LibreMap,
    private readonly options: EngineOptions,
  ) {
    this.theme = options.theme;
    this.wish = JSON.stringify([options.asked.center, options.asked.zoom]);
    this.overlay = new MarkerOverlay(map, options.canvas, PALETTES[options.theme]);
    const surface = map.getCanvas();
    surface.setAttribute('role', options.interactive ? 'application' : 'img');
    surface.setAttribute('aria-label', options.label);
    map.on('styledata', this.keepShapes);
    map.once('idle', options.onReady);
    setTimeout(options.onReady, PATIENCE_MS);
    if (options.interactive) this.listen(surface);
  }

  setMarkers(markers: readonly MapMarker[]): void {
    this.overlay.setMarkers(markers);
  }

  setRoute(points: readonly GeoPoint[]): void {
    this.route = points;
    this.overlay.setRouteStart(points[0] ?? null);
    if (this.map.isStyleLoaded() || this.map.getSource('route')) this.drawRoute();
  }

  setArea(corners: readonly GeoPoint[]): void {
    this.area = corners;
    if (this.map.isStyleLoaded() || this.map.getSource('area')) this.drawArea();
  }

  setTheme(theme: MapTheme): void {
    if (theme === this.theme) return;
    this.theme = theme;
    this.overlay.setPalette(PALETTES[theme]);
    if (this.options.styleUrl === undefined) this.map.setStyle(cityStyle(theme), { diff: true });
  }

  /** Goes where it is told to, unless that is where it was sent last: people may have panned. */
  moveTo(center: GeoPoint | undefined, zoom: number | undefined): void {
    const wish = JSON.stringify([center, zoom]);
    if (wish === this.wish) return;
    this.wish = wish;
    const target = { ...(center && { center }), ...(zoom !== undefined && { zoom }) };
    if (wantsLessMotion()) this.map.jumpTo(target);
    else this.map.easeTo({ ...target, duration: 500 });
  }

  /** Shows all points, with room around them; glides there except for the first time. */
  fit(points: readonly GeoPoint[]): void {
    if (points.length === 0) return;
    // The box may have changed together with the points.
    this.map.resize();
    const { clientWidth, clientHeight } = this.map.getContainer();
    const padding = Math.min(72, Math.round(Math.min(clientWidth, clientHeight) * 0.16));
    const lngs = points.map((p) => p.lng);
    const lats = points.map((p) => p.lat);
    this.map.fitBounds(
      [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)],
      { padding, maxZoom: 16, duration: this.shown && !wantsLessMotion() ? 700 : 0 },
    );
    this.shown = true;
  }

  zoomBy(levels: number): void {
    const zoom = this.map.getZoom() + levels;
    if (wantsLessMotion()) this.map.jumpTo({ zoom });
    else this.map.easeTo({ zoom, duration: 250 });
  }

  /** Pixels of the container. */
  project(at: GeoPoint): { x: number; y: number } {
    const { x, y } = this.map.project(at);
    return { x, y };
  }

  unproject(x: number, y: number): GeoPoint {
    return toPoint(this.map.unproject([x, y]));
  }

  /** Calls back whenever places have moved on the screen; ends with what it returns. */
  onView(moved: () => void): () => void {
    for (const event of VIEW_EVENTS) this.map.on(event, moved);
    return () => {
      for (const event of VIEW_EVENTS) this.map.off(event, moved);
    };
  }

  destroy(): void {
    this.overlay.destroy();
    this.map.remove();
  }

  private drawRoute(): void {
    showRoute(this.map, this.route, PALETTES[this.theme]);
  }

  private drawArea(): void {
    showArea(this.map, this.area, PALETTES[this.theme]);
  }

  /** A new style comes without the area and the route. */
  private readonly keepShapes = (): void => {
    if (this.map.getSource('area') === undefined) this.drawArea();
    if (this.map.getSource('route') === undefined) this.drawRoute();
  };

  private listen(surface: HTMLCanvasElement): void {
    const { map, overlay } = this;
    const { listeners } = this.options;
    map.on('click', ({ point, lngLat }) => {
      const marker = overlay.hit(point.x, point.y, (m) => m.onSelect !== undefined);
      if (marker?.onSelect) marker.onSelect();
      else listeners().onPick?.(toPoint(lngLat));
    });
    map.on('mousemove', ({ point }) => {
      if (this.dragged) return;
      const marker = overlay.hit(point.x, point.y, () => true);
      const { pickable, onPick, onHover } = listeners();
      const grabs = marker?.draggable || (pickable && marker?.kind === 'pin');
      surface.style.cursor = marker?.onSelect
        ? 'pointer'
        : grabs
          ? 'grab'
          : onPick
            ? 'crosshair'
            : '';
      onHover(marker && { label: marker.label, ...map.project(marker.at) });
      this.hover(marker);
    });
    map.on('mouseout', () => {
      listeners().onHover(null);
      this.hover(null);
    });
    map.on('movestart', () => listeners().onHover(null));
    surface.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') listeners().onPick?.(toPoint(map.getCenter()));
    });
    const { container } = this.options;
    container.addEventListener('dragover', (event) => {
      const marker = this.dropTarget(event);
      listeners().onHover(marker && { label: marker.label, ...map.project(marker.at) });
      if (marker) event.preventDefault();
    });
    container.addEventListener('dragleave', () => listeners().onHover(null));
    container.addEventListener('drop', (event) => {
      event.preventDefault();
      listeners().onHover(null);
      this.dropTarget(event)?.onDrop?.();
    });
    for (const start of ['mousedown', 'touchstart'] as const) map.on(start, this.grab);
    for (const move of ['mousemove', 'touchmove'] as const) map.on(move, this.drag);
    for (const end of ['mouseup', 'touchend', 'touchcancel'] as const) map.on(end, this.release);
  }

  private dropTarget({ clientX, clientY }: DragEvent): MapMarker | null {
    const { left, top } = this.options.container.getBoundingClientRect();
    return this.overlay.hit(clientX - left, clientY - top, (m) => m.onDrop !== undefined);
  }

  private hover(marker: MapMarker | null): void {
    if (marker?.id === this.hovered?.id) return;
    this.hovered?.onHover?.(false);
    marker?.onHover?.(true);
    this.hovered = marker;
  }

  private readonly grab = (event: MapMouseEvent | MapTouchEvent): void => {
    const { pickable, onHover } = this.options.listeners();
    const isHeld = (m: MapMarker) =>
      m.draggable === true || (pickable === true && m.kind === 'pin');
    const pin = this.overlay.hit(event.point.x, event.point.y, isHeld);
    if (pin === null) return;
    event.preventDefault();
    onHover(null);
    this.dragged = { id: pin.id, at: pin.at };
  };

  private readonly drag = (event: MapMouseEvent | MapTouchEvent): void => {
    if (this.dragged === null) return;
    this.dragged = { id: this.dragged.id, at: toPoint(event.lngLat) };
    this.overlay.hold(this.dragged);
  };

  private readonly release = (): void => {
    if (this.dragged === null) return;
    const { onDrop, onPick } = this.options.listeners();
    const { id, at } = this.dragged;
    if (onDrop) onDrop(id, at);
    else onPick?.(at);
    this.dragged = null;
    this.overlay.hold(null);
  };
}
