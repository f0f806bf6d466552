export type Random = () => number;

/** Mulberry32: small, fast and the same on every machine. Yields [0, 1). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function latticeValue(ix: number, iy: number, seed: number): number {
  let h = Math.imul(ix, 374761393) ^ Math.imul(iy, 668265263) ^ Math.imul(seed, 2246822519);
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  return ((h ^ (h >>> 16)) >>> 0) / 2147483648 - 1;
}

/** Smooth value noise in [-1, 1]; `scale` is the size of a bump in metres. */
export function smoothNoise(x: number, y: number, scale: number, seed: number): number {
  const ix = Math.floor(x / scale);
  const iy = Math.floor(y / scale);
  const fx = x / scale - ix;
  const fy = y / scale - iy;
  const ux = fx * fx * (3 - 2 * fx);
  const uy = fy * fy * (3 - 2 * fy);
  const bottom = latticeValue(ix, iy, seed) * (1 - ux) + latticeValue(ix + 1, iy, seed) * ux;
  const top = latticeValue(ix, iy + 1, seed) * (1 - ux) + latticeValue(ix + 1, iy + 1, seed) * ux;
  return bottom * (1 - uy) + top * uy;
}

/** Noise summed over octaves, each half as large and a little over half as strong. */
export function fractalNoise(
  x: number,
  y: number,
  scale: number,
  seed: number,
  octaves = 3,
): number {
  let sum = 0;
  let strength = 1;
  let total = 0;
  for (let octave = 0; octave < octaves; octave += 1) {
    sum += smoothNoise(x, y, scale / 2 ** octave, seed + octave * 101) * strength;
    total += strength;
    strength *= 0.55;
  }
  return sum / total;
}
