/** Yields [0, 1), the same row of numbers for the same words (xmur3 into mulberry32). */
export function numbersFrom(words: string): () => number {
  let h = 1779033703 ^ words.length;
  for (let i = 0; i < words.length; i += 1) {
    h = Math.imul(h ^ words.charCodeAt(i), 3432918353);
    h = (h << 13) | (h >>> 19);
  }
  return () => {
    h = (h + 0x6d2b79f5) | 0;
    let t = Math.imul(h ^ (h >>> 15), 1 | h);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Light and dark in one colour, as oklch; the page's `color-scheme` decides. */
export const both = (light: string, dark: string): string =>
  `light-dark(oklch(${light}), oklch(${dark}))`;

export const round = (value: number): number => Math.round(value * 10) / 10;

export const pick = <T>(items: readonly [T, ...T[]], random: () => number): T =>
  items[Math.floor(random() * items.length)] ?? items[0];

export const times = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** A start, then steps; a step with a radius is an arc, clockwise. */
export type Shape = { from: [number, number]; steps: [dx: number, dy: number, radius?: number][] };

/** The shape as path data at a place, after so many quarter turns. */
export function pathOf({ from, steps }: Shape, x: number, y: number, turns = 0): string {
  const turn = ([dx, dy]: readonly [number, number, ...unknown[]]): [number, number] => {
    if (turns === 1) return [-dy, dx];
    if (turns === 2) return [-dx, -dy];
    return turns === 3 ? [dy, -dx] : [dx, dy];
  };
  const [sx, sy] = turn(from);
  const rest = steps.map((step) => {
    const [dx, dy] = turn(step);
    const to = `${round(dx)} ${round(dy)}`;
    return step[2] === undefined ? `l${to}` : `a${step[2]} ${step[2]} 0 0 1 ${to}`;
  });
  return `M${round(x + sx)} ${round(y + sy)}${rest.join('')}`;
}

/** Gathers path data by colour, so that a pattern of many pieces is three elements. */
export class Inks {
  private readonly byColour = new Map<string, string>();

  add(colour: string, data: string): void {
    this.byColour.set(colour, (this.byColour.get(colour) ?? '') + data);
  }

  get layers(): { colour: string; data: string }[] {
    return [...this.byColour].map(([colour, data]) => ({ colour, data }));
  }
}
