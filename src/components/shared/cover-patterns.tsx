import type { ReactNode } from 'react';

import { Inks, pathOf, pick, round, type Shape, times } from './cover-shapes';

export type Palette = { ground: string; deep: string; warm: string; light: string };
type Draw = (colours: Palette, random: () => number) => ReactNode;

const filled = (inks: Inks): ReactNode =>
  inks.layers.map(({ colour, data }) => <path key={colour} d={data} fill={colour} />);

/** Slices of a round: pizza, pies, flat breads. */
const slices: Draw = ({ deep, warm, light }, random) => {
  const x = round(110 + random() * 100);
  const y = round(84 + random() * 30);
  const turn = random() * 60;
  const wedges = times(6).map((i) => {
    const gap = i === 1 ? 10 : 0;
    const [a, b] = [turn + i * 60 + 2, turn + i * 60 + 58].map((deg) => (deg * Math.PI) / 180);
    const middle = ((turn + i * 60 + 30) * Math.PI) / 180;
    const at = (angle = 0, r = 78): string =>
      `${round(x + Math.cos(middle) * gap + Math.cos(angle) * r)} ${round(y + Math.sin(middle) * gap + Math.sin(angle) * r)}`;
    return `M${at(0, 0)}L${at(a)}A78 78 0 0 1 ${at(b)}Z`;
  });
  return (
    <>
      <path d={wedges.join('')} fill={warm} />
      {times(9).map((i) => {
        const angle = turn + i * 2.4;
        const r = 16 + (i % 3) * 21;
        return (
          <circle
            key={i}
            cx={round(x + Math.cos(angle) * r)}
            cy={round(y + Math.sin(angle) * r)}
            r={i % 2 ? 7 : 4.5}
            fill={i % 2 ? deep : light}
          />
        );
      })}
    </>
  );
};

/** Stacked rounds: burgers, sandwiches, pancakes. */
const stack: Draw = ({ deep, warm, light }, random) => {
  const x = round(160 + (random() - 0.5) * 60);
  const w = round(62 + random() * 16);
  return (
    <>
      <path d={`M${x - w} 76a${w} 52 0 0 1 ${w * 2} 0z`} fill={warm} />
      <rect x={x - w - 6} y="82" width={w * 2 + 12} height="12" rx="6" fill={light} />
      <rect x={x - w + 2} y="99" width={w * 2 - 4} height="20" rx="10" fill={deep} />
      <path
        d={`M${x - w} 124h${w * 2}v6a22 22 0 0 1-22 22h${44 - w * 2}a22 22 0 0 1-22-22z`}
        fill={warm}
      />
      {times(5).map((i) => (
        <ellipse
          key={i}
          cx={round(x - w * 0.56 + i * w * 0.28)}
          cy={i % 2 ? 46 : 57}
          rx="4.5"
          ry="2.8"
          fill={light}
        />
      ))}
    </>
  );
};

/** Overlapping arcs like scales: sushi, fish, anything from the sea. */
const scales: Draw = ({ deep, warm, light }, random) => {
  const size = pick([44, 52, 60], random);
  const inks = new Inks();
  for (const row of times(Math.ceil(360 / size) + 1)) {
    for (const column of times(Math.ceil(320 / size) + 2)) {
      const x = column * size - (row % 2 ? size / 2 : 0);
      const y = 200 - (row * size) / 2;
      const arc = (r: number): string => `M${x - r} ${y}a${r} ${r} 0 0 1 ${r * 2} 0`;
      inks.add(pick([deep, warm, light, warm, deep], random), arc(size / 2) + arc(size / 4));
    }
  }
  return inks.layers.map(({ colour, data }) => (
    <path key={colour} d={data} fill="none" stroke={colour} strokeWidth="5" />
  ));
};

/** A bowl with steam: ramen, pho, soups, rice. */
const bowl: Draw = ({ deep, warm, light }, random) => {
  const x = round(160 + (random() - 0.5) * 70);
  const waves = pick([2, 3, 4], random);
  return (
    <>
      <circle cx={x} cy="86" r="66" fill={warm} />
      <g fill="none" stroke={light} strokeWidth="6" strokeLinecap="round">
        {times(waves).map((i) => {
          const left = x + (i - (waves - 1) / 2) * 30;
          return <path key={i} d={`M${left} 78c-14-14 14-22 0-36s14-22 0-32`} />;
        })}
      </g>
      <path d={`M${x - 84} 92h168a84 66 0 0 1-168 0z`} fill={deep} />
      <path d={`M${x - 64} 104h128`} stroke={light} strokeWidth="5" strokeLinecap="round" />
    </>
  );
};

const LEAF: Shape = {
  from: [-22, -22],
  steps: [
    [18, 0],
    [26, 26, 26],
    [0, 18],
    [-18, 0],
    [-26, -26, 26],
  ],
};

/** Leaves in rows: salads, vegan, breakfast. */
const leaves: Draw = ({ deep, warm, light }, random) => {
  const inks = new Inks();
  for (const row of times(4)) {
    for (const column of times(6)) {
      const leaf = pathOf(LEAF, column * 60 + 10, row * 56 + 8, pick([0, 1, 2, 3], random));
      inks.add(pick([deep, warm, light, deep], random), leaf);
    }
  }
  return filled(inks);
};

/** Diamonds and dots, as woven: tacos, curry, mezze, the grill. */
const weave: Draw = ({ deep, warm, light }, random) => {
  const size = pick([40, 48, 56], random);
  const r = size / 2 - 3;
  const dot = size / 9;
  const diamonds = new Inks();
  const dots = new Inks();
  for (const row of times(Math.ceil(210 / size) + 1)) {
    for (const column of times(Math.ceil(320 / size) + 1)) {
      const x = column * size + (row % 2 ? size / 2 : 0);
      const y = row * size * 0.86;
      const colour = pick([deep, warm, warm, light], random);
      diamonds.add(colour, `M${x} ${round(y - r)}l${r} ${r}l${-r} ${r}l${-r} ${-r}z`);
      const half = `a${round(dot)} ${round(dot)} 0 0 1`;
      const seed = `M${round(x - dot)} ${round(y)}${half} ${round(dot * 2)} 0${half} ${round(-dot * 2)} 0`;
      dots.add(colour === light ? deep : light, seed);
    }
  }
  return (
    <>
      {filled(diamonds)}
      <g>{filled(dots)}</g>
    </>
  );
};

const QUARTER: Shape = {
  from: [-30, -30],
  steps: [
    [60, 0],
    [-60, 60, 60],
  ],
};
const ARCH: Shape = {
  from: [-30, 0],
  steps: [
    [60, 0, 30],
    [0, 30],
    [-60, 0],
  ],
};

/** Quarter rounds and arches: bakeries, cafés, sweets, and what has no picture of its own. */
const tiles: Draw = ({ ground, deep, warm, light }, random) => {
  const inks = new Inks();
  for (const row of times(3)) {
    for (const column of times(6)) {
      const shape = pick([QUARTER, ARCH], random);
      const tile = pathOf(shape, column * 60 + 10, row * 60 + 30, pick([0, 1, 2, 3], random));
      const colour = pick([deep, warm, light, warm, ground], random);
      if (colour !== ground) inks.add(colour, tile);
    }
  }
  return filled(inks);
};

/** Jars and boxes on shelves: shops and larders. */
const shelves: Draw = ({ deep, warm, light }, random) => {
  const inks = new Inks();
  for (const row of times(3)) {
    const floor = 62 + row * 58;
    inks.add(deep, `M0 ${floor}h320v5h-320z`);
    for (let x = 6 - random() * 20; x < 320; ) {
      const w = round(16 + random() * 22);
      const h = round(20 + random() * 24);
      const r = pick([2, 6, 9], random);
      const colour = pick([warm, light, warm, deep], random);
      inks.add(
        colour,
        `M${round(x)} ${floor}v${-(h - r)}a${r} ${r} 0 0 1 ${r} ${-r}h${round(w - 2 * r)}a${r} ${r} 0 0 1 ${r} ${r}v${h - r}z`,
      );
      x += w + 5;
    }
  }
  return filled(inks);
};

/** Crosses in rows: pharmacies. */
const crosses: Draw = ({ deep, warm, light }, random) => {
  const inks = new Inks();
  for (const row of times(4)) {
    for (const column of times(6)) {
      const x = column * 62 + (row % 2 ? 31 : 0) - 6;
      const y = row * 54 + 10;
      inks.add(
        pick([deep, warm, light, warm], random),
        `M${x - 7} ${y - 21}h14v14h14v14h-14v14h-14v-14h-14v-14h14z`,
      );
    }
  }
  return filled(inks);
};

/** Words found in the cuisine, the pattern that they get, and the hue that it starts from. */
const CUISINES: readonly { words: RegExp; draw: Draw; hue: number }[] = [
  { words: /pharm|pain|cold|first aid|baby|care/, draw: crosses, hue: 165 },
  { words: /market|for the home/, draw: shelves, hue: 250 },
  { words: /shop|snack/, draw: shelves, hue: 40 },
  { words: /delicat|pantry/, draw: shelves, hue: 350 },
  { words: /dairy|milk|egg/, draw: scales, hue: 85 },
  { words: /fruit|vegetab/, draw: leaves, hue: 128 },
  { words: /drink/, draw: shelves, hue: 215 },
  { words: /pizza|ital|pie|flatbread/, draw: slices, hue: 34 },
  { words: /burger|sandwich|diner|americ|pancake|deli|chicken|wing/, draw: stack, hue: 42 },
  { words: /sushi|fish|sea|poke|oyster|portug/, draw: scales, hue: 225 },
  { words: /thai|viet|pho/, draw: bowl, hue: 155 },
  { words: /ramen|noodle|soup|japan|chin|dim|dumpling/, draw: bowl, hue: 24 },
  { words: /korea|rice|asia|bowl/, draw: bowl, hue: 275 },
  { words: /salad|vegan|vegetarian|healthy|green|juice/, draw: leaves, hue: 140 },
  { words: /india|curry|pakistan|nepal|sri/, draw: weave, hue: 62 },
  { words: /mex|taco|tapas|span|grill|bbq|brazil/, draw: weave, hue: 28 },
  { words: /kebab|mezze|leban|greek|turk|moroc|ethiop|persia|falafel/, draw: weave, hue: 195 },
  { words: /bak|caf|coffee|dessert|sweet|ice|cake|breakfast|brunch|french/, draw: tiles, hue: 5 },
];

export function patternFor(cuisine: string): { draw: Draw; hue: number | null } {
  const words = cuisine.toLowerCase();
  return CUISINES.find((entry) => entry.words.test(words)) ?? { draw: tiles, hue: null };
}
