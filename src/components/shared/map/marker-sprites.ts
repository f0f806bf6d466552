import type { MapMarker, MarkerGlyph, MarkerKind, MarkerTone } from './map-marker';

export type MarkerColours = Record<MarkerTone | 'ink' | 'raised', string>;

const NAMES: readonly (keyof MarkerColours)[] = [
  'accent',
  'good',
  'warn',
  'bad',
  'info',
  'quiet',
  'ink',
  'raised',
];

/** The interface's tokens as the browser resolves them for this element's theme. */
export function readColours(element: HTMLElement): MarkerColours {
  const probe = document.createElement('span');
  element.append(probe);
  const colours: MarkerColours = {
    accent: '#d2541b',
    good: '#2f8a57',
    warn: '#c48a1c',
    bad: '#c8383a',
    info: '#2f7fb8',
    quiet: '#766d64',
    ink: '#241f1a',
    raised: '#ffffff',
  };
  for (const name of NAMES) {
    probe.style.color = `var(--${name}, ${colours[name]})`;
    colours[name] = getComputedStyle(probe).color;
  }
  probe.remove();
  return colours;
}

/** Half the side of a sprite, and where the marker's place lies below its middle, in pixels. */
export const SPRITE_HALF = 26;
const TIP: Record<MarkerKind, number> = { courier: 0, restaurant: 0, door: 15, pin: 19 };
export const tipOffset = (kind: MarkerKind): number => TIP[kind];

const DEFAULT_TONE: Record<MarkerKind, keyof MarkerColours> = {
  courier: 'accent',
  restaurant: 'ink',
  door: 'ink',
  pin: 'accent',
};

type Pen = CanvasRenderingContext2D;

/** A disc; a notch outside its rim points ahead. */
function courier(pen: Pen, heading: boolean): void {
  pen.beginPath();
  pen.arc(0, 0, 9.5, 0, Math.PI * 2);
  if (heading) {
    pen.moveTo(-6, -12.2);
    pen.quadraticCurveTo(0, -14.8, 6, -12.2);
    pen.lineTo(0, -20.5);
    pen.closePath();
  }
}

function drop(pen: Pen, radius: number, tip: number): void {
  const top = tip - radius * 2.45;
  pen.beginPath();
  pen.moveTo(0, tip);
  pen.bezierCurveTo(
    -radius * 0.35,
    tip - radius * 0.75,
    -radius,
    top + radius * 1.75,
    -radius,
    top + radius,
  );
  pen.arc(0, top + radius, radius, Math.PI, 0);
  pen.bezierCurveTo(radius, top + radius * 1.75, radius * 0.35, tip - radius * 0.75, 0, tip);
  pen.closePath();
}

/** A fork and a knife, as strokes. */
function cutlery(pen: Pen): void {
  pen.lineWidth = 1.7;
  pen.lineCap = 'round';
  pen.beginPath();
  pen.moveTo(-3.6, 5.2);
  pen.lineTo(-3.6, -5);
  pen.moveTo(-5.8, -5);
  pen.lineTo(-5.8, -2.6);
  pen.quadraticCurveTo(-5.8, -0.8, -3.6, -0.8);
  pen.quadraticCurveTo(-1.4, -0.8, -1.4, -2.6);
  pen.lineTo(-1.4, -5);
  pen.moveTo(3.4, 5.2);
  pen.lineTo(3.4, -5);
  pen.quadraticCurveTo(5.8, -3.4, 5.4, 0.8);
  pen.lineTo(3.4, 0.8);
  pen.stroke();
}

/** A basket with its handle, as strokes. */
function basket(pen: Pen): void {
  pen.lineWidth = 1.7;
  pen.lineCap = 'round';
  pen.beginPath();
  pen.moveTo(-6, -1.2);
  pen.lineTo(6, -1.2);
  pen.lineTo(4.4, 5);
  pen.lineTo(-4.4, 5);
  pen.closePath();
  pen.moveTo(-3.4, -1.2);
  pen.lineTo(-1.2, -5.4);
  pen.moveTo(3.4, -1.2);
  pen.lineTo(1.2, -5.4);
  pen.stroke();
}

function cross(pen: Pen): void {
  pen.lineWidth = 3;
  pen.lineCap = 'butt';
  pen.beginPath();
  pen.moveTo(0, -5.4);
  pen.lineTo(0, 5.4);
  pen.moveTo(-5.4, 0);
  pen.lineTo(5.4, 0);
  pen.stroke();
}

const GLYPHS: Record<MarkerGlyph, (pen: Pen) => void> = { cutlery, basket, cross };

function paint(pen: Pen, marker: MapMarker, colours: MarkerColours): void {
  const colour = colours[marker.tone ?? DEFAULT_TONE[marker.kind]];
  const outline = (rim: string, ground: string, width = 4.5): void => {
    pen.lineWidth = width;
    pen.lineJoin = 'round';
    pen.strokeStyle = rim;
    pen.shadowColor = 'rgb(30 20 10 / 0.32)';
    pen.shadowBlur = 5;
    pen.shadowOffsetY = 2;
    pen.stroke();
    pen.shadowColor = 'transparent';
    pen.fillStyle = ground;
    pen.fill();
  };
  if (marker.kind === 'courier') {
    courier(pen, marker.headingDeg !== undefined);
    outline(colours.raised, colour);
  } else if (marker.kind === 'restaurant') {
    // Many stand on a map at once: without a tone they keep to the paper.
    const [rim, ground] = marker.tone ? [colours.raised, colour] : [colours.ink, colours.raised];
    pen.beginPath();
    pen.roundRect(-10.5, -10.5, 21, 21, [7, 7, 7, 2]);
    outline(rim, ground, marker.tone ? 4.5 : 2.6);
    pen.strokeStyle = marker.tone ? colours.raised : colours.ink;
    GLYPHS[marker.glyph ?? 'cutlery'](pen);
  } else {
    const radius = marker.kind === 'pin' ? 13 : 10.5;
    const tip = tipOffset(marker.kind);
    drop(pen, radius, tip);
    outline(colours.raised, colour);
    pen.beginPath();
    pen.arc(0, tip - radius * 1.45, radius * 0.36, 0, Math.PI * 2);
    pen.fillStyle = colours.raised;
    pen.fill();
  }
}

/** A stamp is turned to the nearest of so many directions. */
const DIRECTIONS = 32;

/** Draws each kind of marker once and keeps the picture; the map then only stamps it. */
export class SpriteSheet {
  private readonly sprites = new Map<string, HTMLCanvasElement>();
  private readonly stamps = new Map<string, HTMLCanvasElement>();
  private stampScale = 0;

  constructor(
    private readonly colours: MarkerColours,
    private readonly pixelRatio: number,
  ) {}

  /** To be drawn at any size and angle. */
  get(marker: MapMarker): HTMLCanvasElement {
    // A fifth more than the screen needs, since couriers are drawn turned.
    return this.drawn(this.sprites, marker, { scale: this.pixelRatio * 1.2, angle: 0 });
  }

  /**
   * To be put onto whole pixels as it is, `scale` of them for each of its own: nothing is turned or shrunk when a
   * thousand are drawn. `angle` in radians, clockwise. Keeps those of one scale.
   */
  stamp(marker: MapMarker, angle: number, scale: number): HTMLCanvasElement {
    if (scale !== this.stampScale) this.stamps.clear();
    this.stampScale = scale;
    const step = (2 * Math.PI) / DIRECTIONS;
    return this.drawn(this.stamps, marker, { scale, angle: step * Math.round(angle / step) });
  }

  private drawn(
    sheet: Map<string, HTMLCanvasElement>,
    marker: MapMarker,
    { scale, angle }: { scale: number; angle: number },
  ): HTMLCanvasElement {
    const heading = marker.headingDeg !== undefined;
    const key = `${marker.kind} ${marker.tone ?? ''} ${marker.glyph ?? ''} ${heading} ${angle}`;
    const known = sheet.get(key);
    if (known) return known;
    const sprite = document.createElement('canvas');
    sprite.width = sprite.height = Math.ceil(SPRITE_HALF * 2 * scale);
    const pen = sprite.getContext('2d');
    if (pen) {
      pen.scale(scale, scale);
      pen.translate(SPRITE_HALF, SPRITE_HALF);
      pen.rotate(angle);
      paint(pen, marker, this.colours);
    }
    sheet.set(key, sprite);
    return sprite;
  }
}
