import { cn } from '@/components/ui/cn';
import { type Palette, patternFor } from './cover-patterns';
import { both, numbersFrom } from './cover-shapes';

type CoverProps = {
  name: string;
  cuisine: string;
  /** Stays when the name changes, and so does the picture. */
  seed: string;
  /** A photo that was brought in takes its place. */
  photoId?: string | null;
  className?: string;
};

function paletteFor(hue: number): Palette {
  const warmer = (hue + 28) % 360;
  // Under reds the ground is cream rather than pink.
  const base = hue < 80 || hue > 340 ? 78 : hue;
  return {
    ground: both(`0.925 0.045 ${base}`, `0.3 0.045 ${base}`),
    deep: both(`0.56 0.13 ${hue}`, `0.5 0.11 ${hue}`),
    warm: both(`0.76 0.125 ${warmer}`, `0.62 0.12 ${warmer}`),
    light: both(`0.975 0.025 ${warmer}`, `0.83 0.06 ${warmer}`),
  };
}

/** A picture for a restaurant or a dish, drawn from its words: the same for the same seed. */
export function Cover(props: CoverProps) {
  const { photoId, className } = props;
  if (!photoId) return <DrawnCover {...props} />;
  return (
    // biome-ignore lint/performance/noImgElement: served as it was brought in, and kept by the browser for good.
    <img
      src={`/api/photos/${photoId}`}
      alt=""
      loading="lazy"
      decoding="async"
      className={cn('object-cover', className)}
    />
  );
}

function DrawnCover({ name, cuisine, seed, className }: CoverProps) {
  const random = numbersFrom(`${seed} ${name}`);
  const { draw, hue } = patternFor(cuisine);
  const colours = paletteFor(
    Math.round((hue ?? random() * 360) + (random() - 0.5) * 26 + 360) % 360,
  );
  return (
    <svg
      viewBox="0 0 320 180"
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      className={className}
    >
      <rect width="320" height="180" fill={colours.ground} />
      {draw(colours, random)}
    </svg>
  );
}
