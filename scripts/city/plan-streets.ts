import { type Line, points, type Ring, vec } from './plane';

/** Minor streets and houses stop at this line. */
export const TOWN: Ring = points(
  '-3450,-1900 -3520,-900 -3350,-250 -3560,350 -3000,900 -2900,1700 -2350,2350',
  '-1500,2450 -900,2880 0,3050 700,2780 1500,2900 2250,2650 2900,2650 3250,1900',
  '3050,1250 3550,650 3500,-150 3300,-700 3560,-1350 3150,-1900 3100,-2500 2300,-2700',
  '600,-2700 -600,-2600 -2000,-2200',
);

export type Boulevard = { name: string; line: Line; class: 'boulevard' | 'street' };

export const BOULEVARDS: Boulevard[] = [
  {
    name: 'Ember Boulevard',
    class: 'boulevard',
    line: points(
      '-420,-500 -395,100 -350,700 -230,1300 -60,1900 120,2450 260,3000 180,3700 380,4960',
    ),
  },
  {
    name: 'Wall Parade',
    class: 'boulevard',
    line: points('-1420,-1640 -1400,-1280 -1260,-880 -930,-600 -420,-500 60,-580 380,-690'),
  },
  {
    name: 'Southmole Road',
    class: 'boulevard',
    line: points('380,-690 660,-740 1150,-760 1750,-720 2350,-900 2900,-1050 3500,-1100 4280,-960'),
  },
  {
    name: 'Westway',
    class: 'boulevard',
    line: points('-930,-600 -1500,-420 -2150,-330 -2800,-330 -3500,-30 -4020,150'),
  },
  {
    name: 'Orchard Circle',
    class: 'boulevard',
    line: points(
      '-2650,-1360 -2640,-850 -2520,-330 -2330,300 -1950,900 -1300,1330 -640,1420 -200,1400',
      '420,1330 1000,1330 1440,1300 1720,1330 2050,1240 2500,900 2720,330 2680,-300',
      '2460,-930 2260,-1500 2200,-2080',
    ),
  },
  {
    name: 'Lantern Avenue',
    class: 'boulevard',
    line: points(
      '-2350,250 -1650,420 -1000,480 -370,470 250,400 760,260 1250,200 1900,260 2720,330',
      '3400,480 4250,850 4700,1080',
    ),
  },
  {
    name: 'Tollgate Road',
    class: 'boulevard',
    line: points(
      '760,-750 1180,-250 1560,230 1980,760 2380,1020 2640,1650 3050,2500 3500,3300',
      '3790,4560',
    ),
  },
  {
    name: 'Kiln Road',
    class: 'boulevard',
    line: points(
      '-930,-600 -1180,-80 -1370,450 -1560,1140 -1900,1750 -2350,2350 -2800,3050 -3350,3720',
    ),
  },
  {
    name: 'Upland Avenue',
    class: 'boulevard',
    line: points(
      '-2080,1960 -1350,1960 -650,2100 120,2330 700,2400 1020,2420 1500,2350 2150,2050',
      '2640,1720 3300,1500 4200,1900 4850,2230',
    ),
  },
  {
    name: 'Ferrygate',
    class: 'street',
    line: points('-420,-500 -60,-330 300,-230 640,-190 1000,-180 1280,-120 1900,-170 2660,-170'),
  },
  {
    name: 'Cathedral Street',
    class: 'street',
    line: points('-420,-500 -470,-800 -500,-1080 -420,-1330 -330,-1480'),
  },
  {
    name: 'Fishmarket Street',
    class: 'street',
    line: points('-1270,-900 -900,-980 -500,-1060 -120,-1000 390,-900'),
  },
];

export const ISLAND_ROAD: Line = points(
  '-3300,-1050 -3700,-620 -4080,180 -4500,1300 -4560,2300 -4050,3350 -2900,4350',
  '-1500,5050 100,4980 1500,5300 2900,5150 4150,4450 4800,3450 4980,2300 4820,1250',
  '4400,150 4350,-900 3950,-1650 3350,-1900 2750,-1860',
);

/** The great park is enclosed by roads of its own before any street is traced. */
export const PARK_RING: Ring = points(
  '-1120,590 -820,640 -500,620 -455,900 -430,1180 -720,1220 -1080,1190 -1240,1040',
  '-1190,800',
);

/** Lamps that the streets follow: the old town bends its lanes more than the rest. */
export const OLD_TOWN = { centre: vec(-480, -1080), radius: 820 };
