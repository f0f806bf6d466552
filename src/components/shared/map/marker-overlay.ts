import type { Map as LibreMap } from 'maplibre-gl';
import type { GeoPoint } from '@/domain/geo';
import { Glide } from './glide';
import type { MapMarker, MarkerKind } from './map-marker';
import { readColours, SPRITE_HALF, SpriteSheet, tipOffset } from './marker-sprites';
import type { MapPalette } from './palette';
import { ROUTE_WIDTH } from './route-line';

const ORDER: Record<MarkerKind, number> = { restaurant: 0, door: 1, courier: 2, pin: 3 };
const HIT_PX = 22;
/** More couriers than this stand where their last fix was: to let all glide takes every frame there is. */
const GLIDING_MOST = 120;

/**
 * Stamps the markers on a canvas over the map. 300 of them take about 1 ms a frame, and a gliding
 * courier costs no redraw of the map itself.
 */
export class MarkerOverlay {
  private markers: readonly MapMarker[] = [];
  private readonly glides = new Map<string, Glide>();
  private held: { id: string; at: GeoPoint } | null = null;
  private routeStart: GeoPoint | null = null;
  private sprites: SpriteSheet;
  private pen: CanvasRenderingContext2D | null = null;
  private frame = 0;
  private readonly still = window.matchMedia('(prefers-reduced-motion: reduce)');

  constructor(
    private readonly map: LibreMap,
    private readonly canvas: HTMLCanvasElement,
    private palette: MapPalette,
  ) {
    this.sprites = new SpriteSheet(readColours(canvas), devicePixelRatio);
    map.on('render', this.draw);
    map.on('resize', this.draw);
  }

  setMarkers(markers: readonly MapMarker[]): void {
    const now = performance.now();
    const ids = new Set(markers.map((marker) => marker.id));
    for (const id of this.glides.keys()) if (!ids.has(id)) this.glides.delete(id);
    const couriers = markers.filter(({ kind }) => kind === 'courier');
    const few = couriers.length <= GLIDING_MOST;
    const fewStandOut = couriers.filter(({ muted }) => !muted).length <= GLIDING_MOST;
    for (const { id, at, headingDeg = 0, kind, muted } of markers) {
      const glide = this.glides.get(id);
      // Of many, whoever stands out still does: the courier of the order that is open.
      const glides = kind === 'courier' && (few || (fewStandOut && !muted));
      const smooth = glides && !this.still.matches;
      if (glide) glide.aim(at, headingDeg, now, smooth);
      else this.glides.set(id, new Glide(at, headingDeg, now));
    }
    // What is drawn faintly lies under the others, what stands out over its like.
    const rank = ({ kind, muted, tone }: MapMarker): number =>
      ORDER[kind] + (muted && !tone ? -10 : 0) + (tone ? 0.5 : 0);
    this.markers = markers
      .map((marker) => ({ marker, rank: rank(marker) }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ marker }) => marker);
    this.schedule();
  }

  /** The route's line starts at the last fix; the stretch to the gliding courier is drawn here. */
  setRouteStart(at: GeoPoint | null): void {
    this.routeStart = at;
    this.schedule();
  }

  setPalette(palette: MapPalette): void {
    this.palette = palette;
    this.sprites = new SpriteSheet(readColours(this.canvas), devicePixelRatio);
    this.schedule();
  }

  /** Shows a marker elsewhere than its data says, while it is dragged. */
  hold(held: { id: string; at: GeoPoint } | null): void {
    this.held = held;
    this.schedule();
  }

  /** The topmost marker under a point of the container that satisfies `wanted`. */
  hit(x: number, y: number, wanted: (marker: MapMarker) => boolean): MapMarker | null {
    const now = performance.now();
    for (const marker of [...this.markers].reverse()) {
      if (!wanted(marker)) continue;
      const spot = this.map.project(this.place(marker, now).point);
      const middle = spot.y - tipOffset(marker.kind) * this.size();
      if (Math.hypot(spot.x - x, middle - y) < HIT_PX) return marker;
    }
    return null;
  }

  destroy(): void {
    cancelAnimationFrame(this.frame);
    this.map.off('render', this.draw);
    this.map.off('resize', this.draw);
  }

  private place(marker: MapMarker, now: number) {
    if (this.held?.id === marker.id) return { point: this.held.at, heading: 0, moving: false };
    const glide = this.glides.get(marker.id);
    return glide?.at(now) ?? { point: marker.at, heading: marker.headingDeg ?? 0, moving: false };
  }

  private size(): number {
    const many = this.markers.length > 40 ? 0.86 : 1;
    return many * Math.min(1.1, Math.max(0.6, 0.6 + (this.map.getZoom() - 11) * 0.1));
  }

  private schedule(): void {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(this.draw);
  }

  private readonly draw = (): void => {
    const { clientWidth: width, clientHeight: height } = this.map.getContainer();
    const ratio = devicePixelRatio;
    if (this.pen === null && this.markers.length === 0) return;
    // Where the graphics card is emulated, a thousand stamps hold up the whole page: many are drawn without it.
    const willReadFrequently = this.markers.length > GLIDING_MOST;
    this.pen ??= this.canvas.getContext('2d', { willReadFrequently });
    const { pen } = this;
    if (pen === null) return;
    const wide = Math.round(width * ratio);
    const high = Math.round(height * ratio);
    if (this.canvas.width !== wide) this.canvas.width = wide;
    if (this.canvas.height !== high) this.canvas.height = high;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);

    const now = performance.now();
    const size = this.size();
    const bearing = this.map.getBearing();
    const resizing = this.map.isZooming();
    let moving = false;
    this.drawRouteGap(pen, now);
    for (const marker of this.markers) {
      const place = this.place(marker, now);
      moving ||= place.moving;
      const spot = this.map.project(place.point);
      const reach = SPRITE_HALF * size;
      if (
        spot.x < -reach ||
        spot.y < -reach ||
        spot.x > width + reach ||
        spot.y > height + 2 * reach
      )
        continue;
      const turned = marker.kind === 'courier' && marker.headingDeg !== undefined;
      const angle = turned ? ((place.heading - bearing) * Math.PI) / 180 : 0;
      const [x, y] = [ratio * spot.x, ratio * (spot.y - tipOffset(marker.kind) * size)];
      pen.globalAlpha = marker.muted ? 0.5 : 1;
      if (place.moving || resizing) {
        const [cos, sin] = [ratio * Math.cos(angle), ratio * Math.sin(angle)];
        pen.setTransform(cos, sin, -sin, cos, x, y);
        pen.drawImage(this.sprites.get(marker), -reach, -reach, reach * 2, reach * 2);
      } else {
        const stamp = this.sprites.stamp(marker, angle, size * ratio);
        const half = ratio * reach;
        pen.setTransform(1, 0, 0, 1, Math.round(x - half), Math.round(y - half));
        pen.drawImage(stamp, 0, 0);
      }
    }
    pen.globalAlpha = 1;
    if (moving) this.schedule();
  };

  private drawRouteGap(pen: CanvasRenderingContext2D, now: number): void {
    const courier = this.markers.find((marker) => marker.kind === 'courier' && !marker.muted);
    if (this.routeStart === null || courier === undefined) return;
    const place = this.place(courier, now);
    if (!place.moving) return;
    const from = this.map.project(place.point);
    const to = this.map.project(this.routeStart);
    if (Math.hypot(from.x - to.x, from.y - to.y) > 240) return;
    pen.lineCap = 'round';
    pen.lineWidth = ROUTE_WIDTH;
    pen.strokeStyle = this.palette.route;
    pen.beginPath();
    pen.moveTo(from.x, from.y);
    pen.lineTo(to.x, to.y);
    pen.stroke();
  }
}
