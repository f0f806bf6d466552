import { both, numbersFrom, round, times } from '@/components/shared/cover-shapes';

const INK = {
  sky: both('0.955 0.026 72', '0.235 0.018 60'),
  sun: both('0.9 0.075 78', '0.86 0.03 90'),
  far: both('0.915 0.03 70', '0.275 0.02 60'),
  houses: both('0.865 0.035 62', '0.325 0.024 58'),
  roofs: both('0.79 0.055 50', '0.38 0.034 52'),
  lit: both('0.93 0.07 85', '0.8 0.1 82'),
  ground: both('0.89 0.04 130', '0.29 0.028 140'),
  near: both('0.84 0.05 135', '0.335 0.034 140'),
  road: both('0.985 0.006 75', '0.42 0.012 60'),
  shop: both('0.995 0.002 75', '0.86 0.012 70'),
  door: both('0.42 0.08 40', '0.3 0.05 40'),
};

type Point = { x: number; y: number };
const WAY: [Point, Point, Point, Point] = [
  { x: 124, y: 246 },
  { x: 250, y: 286 },
  { x: 380, y: 186 },
  { x: 516, y: 240 },
];
const WAY_PATH = `M${WAY[0].x} ${WAY[0].y}C${WAY.slice(1)
  .map(({ x, y }) => `${x} ${y}`)
  .join(' ')}`;

/** The place on the way at `t` in [0, 1]: a cubic Bézier curve. */
function placeAt(t: number): Point {
  const weights = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t ** 2 * (1 - t), t ** 3];
  const sum = (of: (point: Point) => number) =>
    round(WAY.reduce((total, point, index) => total + (weights[index] ?? 0) * of(point), 0));
  return { x: sum(({ x }) => x), y: sum(({ y }) => y) };
}

type WayPictureProps = {
  /** From the kitchen (0) to the door (1). */
  progress: number;
  /** The same town for the same words. */
  seed: string;
  label: string;
  className?: string;
};

/** A kitchen, a door, and somebody between them; no map, so that nobody learns where. */
export function WayPicture({ progress, seed, label, className }: WayPictureProps) {
  const courier = placeAt(progress);
  return (
    <svg
      viewBox="0 0 640 320"
      preserveAspectRatio="xMidYMid slice"
      role="img"
      aria-label={label}
      className={`rtl:-scale-x-100 ${className ?? ''}`}
    >
      <rect width="640" height="320" fill={INK.sky} />
      <circle cx="452" cy="78" r="36" fill={INK.sun} />
      <path d="M0 190c90-60 170-58 262-16s196 8 378-40v186H0z" fill={INK.far} />
      <Town seed={seed} />
      <path d="M0 232c120-34 260-20 380-2s180 4 260-14v104H0z" fill={INK.ground} />
      <path d="M0 288c150-26 330 14 640-16v48H0z" fill={INK.near} />
      <path d={WAY_PATH} fill="none" stroke={INK.road} strokeWidth="16" strokeLinecap="round" />
      <path
        d={WAY_PATH}
        fill="none"
        stroke="var(--accent)"
        strokeWidth="5"
        strokeLinecap="round"
        pathLength="1"
        strokeDasharray="1"
        strokeDashoffset={1 - progress}
        opacity={progress === 0 ? 0 : 1}
        className="transition-[stroke-dashoffset,opacity] duration-1000 ease-settle"
      />
      <Kitchen />
      <House lit={progress > 0.8} />
      <g
        style={{ transform: `translate(${courier.x}px, ${courier.y}px)` }}
        className="transition-transform duration-1000 ease-settle"
      >
        <circle r="17" fill={INK.shop} />
        <circle r="13" fill="var(--accent)" />
        <path d="M-4 -6l8 6l-8 6z" fill={INK.shop} />
      </g>
    </svg>
  );
}

/** Roofs in the distance. */
function Town({ seed }: { seed: string }) {
  const random = numbersFrom(seed);
  const walls: string[] = [];
  const roofs: string[] = [];
  const windows: Point[] = [];
  for (const i of times(13)) {
    const width = 34 + random() * 22;
    const x = i * 50 - 10 + random() * 14;
    const y = 176 + Math.sin(i * 0.9) * 12 - random() * 26;
    walls.push(`M${round(x)} ${round(y)}h${round(width)}V250h${round(-width)}z`);
    if (random() > 0.35) {
      roofs.push(
        `M${round(x - 4)} ${round(y)}l${round(width / 2 + 4)} -17l${round(width / 2 + 4)} 17z`,
      );
    }
    if (random() > 0.3) windows.push({ x: round(x + width * 0.3), y: round(y + 13) });
  }
  return (
    <>
      <path d={walls.join('')} fill={INK.houses} />
      <path d={roofs.join('')} fill={INK.roofs} />
      {windows.map(({ x, y }) => (
        <rect key={x} x={x} y={y} width="8" height="10" rx="1.5" fill={INK.lit} />
      ))}
    </>
  );
}

/** A shop under an awning. */
const Kitchen = () => (
  <g transform="translate(44 158)">
    <rect y="16" width="86" height="78" rx="6" fill={INK.shop} />
    <rect x="12" y="50" width="34" height="26" rx="3" fill={INK.lit} />
    <path d="M54 94V56a3 3 0 0 1 3-3h16a3 3 0 0 1 3 3v38z" fill={INK.door} />
    <path d="M-5 16a6 6 0 0 1 6-6h84a6 6 0 0 1 6 6v12H-5z" fill="var(--accent)" />
    {times(6).map((i) => (
      <path
        key={i}
        d={`M${-5 + i * 16} 28h16a8 8 0 0 1-16 0z`}
        fill={i % 2 ? INK.shop : 'var(--accent)'}
      />
    ))}
  </g>
);

/** The door that it goes to; somebody is in when it is near. */
const House = ({ lit }: { lit: boolean }) => (
  <g transform="translate(514 146)">
    <path d="M-8 40L38 2l46 38z" fill={INK.roofs} />
    <rect y="38" width="76" height="66" rx="4" fill={INK.shop} />
    <rect
      x="44"
      y="52"
      width="20"
      height="20"
      rx="3"
      fill={lit ? INK.lit : INK.houses}
      className="transition-[fill] duration-1000"
    />
    <path d="M12 104V62a4 4 0 0 1 4-4h14a4 4 0 0 1 4 4v42z" fill={INK.door} />
    <circle cx="30" cy="82" r="1.8" fill={INK.lit} />
  </g>
);
