import type { DISTRICTS } from './plan-places';
import { at, distance, type Vec, vec } from './plane';
import type { Random } from './random';

type Character = (typeof DISTRICTS)[number]['character'];

const words = (text: string): string[] => text.split(' ');

const WORDS: Record<Character, string[]> = {
  old: words(
    'Chandler Cooper Ropewalk Candle Tinker Pewter Saddler Mercer Weaver Fuller Baker Brewer Tallow Locksmith Cordwainer Glover Hatter Spice Pepper Saffron Goldbeater Bellows Anvil Hearth Cinder Ash Ladle Lute Minstrel Scrivener Almoner Priory Cloister Vesper Gate Moat Turret Well Cistern Crooked Narrow Mint Penny Farthing Guild Oven Loaf Salt Herring Mackerel Sexton Vellum Quill Barber Thimble Needle Fletcher Cutler',
  ),
  centre: words(
    'Lantern Concord Assembly Exchange Observatory Museum Academy Opera Gallery Archive Fountain Colonnade Arcade Consul Senate Liberty Charter Jubilee Regent Laurel Olive Marble Copper Silver Amber Crescent Meridian Comet Aurora Zenith Compass Almanac Atlas Globe Sonnet Chapter Verse Prism Orrery Tribune',
  ),
  inner: words(
    'Kiln Forge Foundry Brick Tile Potter Glaze Slate Coal Coke Furnace Smelter Bellcast Hammer Rivet Boiler Piston Engine Tannery Dyer Indigo Madder Bobbin Shuttle Loom Millrace Wheel Granary Maltings Hopyard Cartwright Wagon Farrier Stable Paddock Carriage Viaduct Signal Junction Halt Cutting Tram Depot Meter Gasworks Lamp Wick Tinder Flint Spark Kindling Charcoal Soot Clay Timber Sawmill Plank Joiner',
  ),
  suburb: words(
    'Orchard Apple Quince Medlar Damson Cherry Plum Pear Walnut Hazel Rowan Birch Alder Aspen Elder Hawthorn Hornbeam Juniper Cedar Larch Linden Maple Poplar Sorrel Clover Bramble Heather Gorse Fern Foxglove Lavender Thyme Heron Plover Curlew Wren Finch Linnet Starling Swift Lark Thrush Kestrel Merlin Osprey Gannet Fulmar Petrel Tern Avocet Dunlin Meadow Spinney Coppice Warren Down Ridge Upland Brook Spring Barley Harvest Haymaker Shepherd Fold Windmill Beehive Honey Daybreak Sunrise Southerly Westerly Skylark Primrose Bluebell Yarrow Tansy Comfrey Mallow Samphire Marram Dune Cove Lighthouse Beacon Lens Keeper',
  ),
  dock: words(
    'Anchor Bollard Capstan Keel Rudder Tiller Mainsail Spinnaker Rigger Caulker Shipwright Barge Lighter Trawler Clipper Schooner Brigantine Ballast Bilge Cargo Bonded Customs Tally Stevedore Crane Winch Derrick Slipway Drydock Mole Fathom Sounding Leadline Sextant Halyard Mooring Harbourmaster Pilot Tug Net Creel Oyster Cockle Whelk',
  ),
};

const ENDINGS: Record<Character, Record<'street' | 'lane', string[]>> = {
  old: {
    street: words('Street Gate Row'),
    lane: words('Lane Row Alley Passage Yard Steps Court Street Wynd'),
  },
  centre: {
    street: words('Street Avenue Place'),
    lane: words('Street Row Mews Place Lane Terrace'),
  },
  inner: { street: words('Street Road Way'), lane: words('Street Lane Row Terrace Road Yard') },
  suburb: {
    street: words('Road Avenue Drive'),
    lane: words('Close Drive Lane Rise Walk Gardens Way Road Grove'),
  },
  dock: { street: words('Road Street Way'), lane: words('Street Wharf Row Lane Yard') },
};

/** Hands out names, each once; words start again with another ending when all are used. */
export function streetNamer(
  random: Random,
): (character: Character, kind: 'street' | 'lane') => string {
  const used = new Set<string>();
  const decks = new Map<Character, string[]>();
  const draw = (character: Character): string => {
    const deck = decks.get(character) ?? [];
    if (deck.length === 0) {
      deck.push(...WORDS[character]);
      for (let i = deck.length - 1; i > 0; i -= 1) {
        const k = Math.floor(random() * (i + 1));
        [deck[i], deck[k]] = [at(deck, k), at(deck, i)];
      }
      decks.set(character, deck);
    }
    return deck.pop() ?? 'Ember';
  };
  return (character, kind) => {
    for (;;) {
      const endings = ENDINGS[character][kind];
      const name = `${draw(character)} ${at(endings, Math.floor(random() * endings.length))}`;
      if (used.has(name)) continue;
      used.add(name);
      return name;
    }
  };
}

const QUAYS: { name: string; at: Vec }[] = [
  { name: 'Sands Parade', at: vec(-2050, -1150) },
  { name: 'Gannet Promenade', at: vec(-2950, -1700) },
  { name: 'Old Quay', at: vec(-950, -1750) },
  { name: 'Old Quay', at: vec(-300, -1450) },
  { name: 'Fish Quay', at: vec(150, -1260) },
  { name: 'Tinder Quay', at: vec(430, -700) },
  { name: 'Tinder Quay', at: vec(560, 0) },
  { name: 'Bellfoundry Quay', at: vec(1000, 750) },
  { name: 'Bellfoundry Quay', at: vec(1500, 1250) },
  { name: 'Meadow Bank', at: vec(1350, 1900) },
  { name: 'Meadow Bank', at: vec(850, 2700) },
  { name: 'Eastbank Quay', at: vec(620, -700) },
  { name: 'Eastbank Quay', at: vec(790, 0) },
  { name: 'Mill Embankment', at: vec(1250, 500) },
  { name: 'Heron Embankment', at: vec(1850, 1400) },
  { name: 'Heron Embankment', at: vec(1500, 2100) },
  { name: 'Upper Tinder Walk', at: vec(1150, 2650) },
  { name: 'Customs Quay', at: vec(720, -1250) },
  { name: 'Southmole Quay', at: vec(1200, -1450) },
  { name: 'Drydock Quay', at: vec(1800, -1850) },
  { name: 'Lighthouse Parade', at: vec(2400, -2350) },
];

/** The name of the waterfront at a point. */
export const quayName = (p: Vec): string =>
  QUAYS.reduce((a, b) => (distance(p, b.at) < distance(p, a.at) ? b : a)).name;
