import type { GeoPoint } from '@/domain/geo';

export type MarkerKind = 'courier' | 'restaurant' | 'door' | 'pin';
/** What stands on the square of a place. */
export type MarkerGlyph = 'cutlery' | 'basket' | 'cross';
export type MarkerTone = 'accent' | 'good' | 'warn' | 'bad' | 'info' | 'quiet';

export type MapMarker = {
  id: string;
  kind: MarkerKind;
  at: GeoPoint;
  /** Degrees clockwise from north; a courier without it has no notch. */
  headingDeg?: number;
  /** Shown on hover, and as text where there is no map. */
  label: string;
  tone?: MarkerTone;
  /** Cutlery, if nothing else is said. */
  glyph?: MarkerGlyph;
  /** Drawn faintly and under the others. */
  muted?: boolean;
  /** Can be taken to another place. */
  draggable?: boolean;
  onSelect?: () => void;
  /** Takes what is dragged over the page, if it is put down here. */
  onDrop?: () => void;
  /** The pointer comes over it, or leaves it. */
  onHover?: (over: boolean) => void;
};
