import { type Vec, vec } from './plane';

export type District = {
  name: string;
  at: Vec;
  character: 'old' | 'centre' | 'inner' | 'suburb' | 'dock';
};

export const DISTRICTS: District[] = [
  { name: 'Old Town', at: vec(-480, -1080), character: 'old' },
  { name: 'Harbourside', at: vec(1250, -1230), character: 'dock' },
  { name: 'Lantern Quarter', at: vec(-500, 300), character: 'centre' },
  { name: 'Kilnfield', at: vec(-1650, 80), character: 'inner' },
  { name: 'Saltmarsh', at: vec(-1950, -800), character: 'inner' },
  { name: 'Gannet Point', at: vec(-3050, -1000), character: 'suburb' },
  { name: 'Orchard Hill', at: vec(-2450, 1250), character: 'suburb' },
  { name: 'Uplands', at: vec(-450, 2250), character: 'suburb' },
  { name: 'Bellfoundry', at: vec(380, 950), character: 'inner' },
  { name: 'Eastbank', at: vec(1700, 250), character: 'inner' },
  { name: 'Heron Green', at: vec(2300, 1950), character: 'suburb' },
  { name: 'Lighthouse', at: vec(2850, -1250), character: 'suburb' },
];

/** The block that holds the point becomes green; the size is the most it may cover, in hectares. */
export const PARKS: {
  name: string;
  at: Vec;
  kind: 'park' | 'cemetery' | 'sport';
  hectares: number;
}[] = [
  { name: 'Lantern Park', at: vec(-800, 850), kind: 'park', hectares: 60 },
  { name: 'Mole Garden', at: vec(1600, -420), kind: 'park', hectares: 22 },
  { name: 'Heronwood', at: vec(2350, 600), kind: 'park', hectares: 26 },
  { name: 'Quiet Hill', at: vec(-2000, 1350), kind: 'cemetery', hectares: 16 },
  { name: 'Orchard Green', at: vec(-3050, 150), kind: 'park', hectares: 18 },
  { name: 'Tinder Meadows', at: vec(700, 1850), kind: 'park', hectares: 20 },
  { name: 'Upland Grounds', at: vec(-700, 2380), kind: 'sport', hectares: 12 },
  { name: 'Saltmarsh Park', at: vec(-1900, -800), kind: 'park', hectares: 14 },
  { name: 'Lighthouse Down', at: vec(2900, -1900), kind: 'park', hectares: 20 },
];

export const SQUARES: { name: string; at: Vec; most: number }[] = [
  { name: 'Cathedral Square', at: vec(-520, -1000), most: 9000 },
  { name: 'Fishmarket', at: vec(-60, -1130), most: 7000 },
  { name: 'Gate Square', at: vec(-460, -400), most: 16000 },
  { name: 'Exchange Square', at: vec(-320, 230), most: 16000 },
  { name: 'Kiln Place', at: vec(-1500, 300), most: 15000 },
  { name: 'Foundry Square', at: vec(500, 900), most: 15000 },
  { name: 'Eastbank Place', at: vec(1640, 120), most: 16000 },
  { name: 'Saltmarsh Green', at: vec(-2250, -720), most: 16000 },
  { name: 'Heron Green', at: vec(2150, 1900), most: 18000 },
  { name: 'Beacon Green', at: vec(2700, -1500), most: 18000 },
];

/** Woods and heath beyond the town: rough discs with a shore of noise. */
export const WOODS: { name: string; at: Vec; radius: number; stretch: number }[] = [
  { name: 'Charcoal Wood', at: vec(-1300, 3900), radius: 1050, stretch: 1.5 },
  { name: 'Upper Tinder Wood', at: vec(2100, 4300), radius: 800, stretch: 1.2 },
  { name: 'Fallow Copse', at: vec(-4200, 2400), radius: 620, stretch: 1 },
  { name: 'Eastern Heath', at: vec(4600, 350), radius: 480, stretch: 0.8 },
  { name: 'Gannet Head', at: vec(-3800, -1650), radius: 300, stretch: 1.2 },
  { name: 'Ridge Wood', at: vec(4350, 3350), radius: 560, stretch: 1.1 },
];

/** A lake lies at its place, or in the middle of its park, moved by `at`. */
export const LAKES: { name: string; park?: string; at: Vec; radius: number }[] = [
  { name: 'Lantern Water', park: 'Lantern Park', at: vec(110, 90), radius: 74 },
  { name: 'Orchard Pond', park: 'Orchard Green', at: vec(10, -10), radius: 32 },
  { name: 'Meadow Pond', park: 'Tinder Meadows', at: vec(0, 25), radius: 30 },
  { name: 'Heron Mere', park: 'Heronwood', at: vec(5, -20), radius: 30 },
  { name: 'Fallow Tarn', at: vec(-3700, 3000), radius: 120 },
];

export const SEA_NAMES: { name: string; at: Vec }[] = [
  { name: 'Ember Bay', at: vec(-200, -2850) },
  { name: 'The Basin', at: vec(520, -1980) },
  { name: 'Saltmarsh Bay', at: vec(-2350, -1800) },
  { name: 'Cinder Sound', at: vec(-1300, -3900) },
  { name: 'Gannet Deep', at: vec(2300, -3700) },
];
