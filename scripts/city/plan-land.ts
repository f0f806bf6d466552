import { type Line, points, type Ring, type Vec, vec } from './plane';

export const SEED = 1907;
export const CENTRE = { lat: 37.9, lng: -29.6 };

/** The island's outline, clockwise from the north-west. */
export const ISLAND: Ring = points(
  '-5200,1200 -5650,2600 -4900,4200 -3400,5300 -1500,5950 600,5600 2400,6150 4300,5400',
  '5500,4100 5900,2400 5350,900 5050,-300 4750,-1500 4000,-2350 3250,-2750 2600,-2640',
  '2280,-2250 1900,-1960 1450,-1720 1000,-1480 620,-1270 170,-1290 -180,-1420',
  '-560,-1640 -950,-1830 -1330,-1730 -1600,-1430 -1960,-1240 -2350,-1270 -2780,-1520',
  '-3120,-1980 -3600,-2230 -4120,-1900 -4300,-1200 -4750,-350',
);

/** Where the coast is masonry: the noise of the shore stays away from here. */
export const HARBOUR = { centre: vec(600, -1650), radius: 1900 };

/** The Tinder river from its source to its mouth, with its width in metres. */
export const RIVER: (Vec & { width: number })[] = [
  { ...vec(900, 5000), width: 12 },
  { ...vec(1350, 4300), width: 18 },
  { ...vec(1250, 3600), width: 30 },
  { ...vec(820, 2950), width: 44 },
  { ...vec(1080, 2300), width: 58 },
  { ...vec(1640, 1700), width: 70 },
  { ...vec(1560, 1050), width: 84 },
  { ...vec(980, 520), width: 96 },
  { ...vec(690, 20), width: 104 },
  { ...vec(560, -480), width: 112 },
  { ...vec(470, -900), width: 128 },
  { ...vec(415, -1200), width: 170 },
  { ...vec(405, -1370), width: 250 },
];

/** A lens of land in the river: centre, half its length, half its width, its bearing. */
export const RIVER_ISLE = { centre: vec(1700, 1400), halfLength: 255, halfWidth: 58 };

/** Basins cut into the eastern quay: the middle of the mouth, the way in, width, depth. */
export const DOCKS = [
  { mouth: vec(1065, -1515), inward: vec(0.49, 0.87), width: 120, depth: 300 },
  { mouth: vec(1395, -1690), inward: vec(0.49, 0.87), width: 110, depth: 250 },
];

export const BREAKWATERS: { line: Line; width: number }[] = [
  {
    line: points('-930,-1800 -760,-2060 -420,-2260 20,-2330 190,-2300'),
    width: 34,
  },
  {
    line: points('2560,-2600 2150,-2700 1600,-2680 1050,-2520 800,-2380'),
    width: 34,
  },
];

export const PIERS: { line: Line; width: number }[] = [
  { line: points('-40,-1330 40,-1540'), width: 12 },
  { line: points('-190,-1400 -100,-1620'), width: 12 },
  { line: points('-340,-1490 -240,-1720'), width: 12 },
  { line: points('-490,-1580 -400,-1800'), width: 12 },
  { line: points('1720,-1840 1560,-2140'), width: 30 },
  { line: points('-1985,-1210 -2010,-1560'), width: 11 },
];

export const ISLETS: { centre: Vec; radius: number }[] = [
  { centre: vec(-1820, -2720), radius: 150 },
  { centre: vec(-1560, -2890), radius: 60 },
  { centre: vec(4050, -3180), radius: 120 },
  { centre: vec(5700, -1450), radius: 170 },
];

/** Stretches of the shore with sand: near this point, this far along. */
export const BEACHES: { centre: Vec; radius: number }[] = [
  { centre: vec(-2020, -1240), radius: 700 },
  { centre: vec(4500, -1850), radius: 520 },
  { centre: vec(-4480, -820), radius: 520 },
];
