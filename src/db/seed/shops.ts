import type { Allergen } from '@/domain/menu';
import { ALWAYS_OPEN, type WeeklyHours } from '@/domain/opening-hours';
import type { PlaceKind } from '@/domain/restaurant';

/** Price in cents; `stock` is how many stand on the shelf. */
export type ProductSeed = {
  name: string;
  unit: string;
  price: number;
  stock: number;
  allergens: readonly Allergen[];
};
type Shelf = { name: string; products: readonly ProductSeed[] };
export type ShopSeed = {
  name: string;
  kind: Exclude<PlaceKind, 'restaurant'>;
  cuisine: string;
  description: string;
  hours: WeeklyHours;
  prepMinutes: number;
  shelves: readonly Shelf[];
};

const product = (
  name: string,
  unit: string,
  price: number,
  stock: number,
  ...allergens: Allergen[]
): ProductSeed => ({ name, unit, price, stock, allergens });

const FRUIT: Shelf = {
  name: 'Fruit and vegetables',
  products: [
    product('Bananas', '1 kg', 169, 40),
    product('Tomatoes on the vine', '500 g', 229, 24),
    product('Avocados, ripe', '2 pieces', 259, 12),
    product('Baby spinach', '200 g', 199, 9),
    product('Lemons', '4 pieces', 149, 30),
    product('New potatoes', '1.5 kg', 249, 18),
  ],
};
const DAIRY: Shelf = {
  name: 'Dairy and eggs',
  products: [
    product('Whole milk', '1 l', 119, 36, 'milk'),
    product('Oat drink', '1 l', 219, 20, 'gluten'),
    product('Island butter, salted', '250 g', 289, 14, 'milk'),
    product('Free-range eggs', '10 pieces', 349, 16, 'eggs'),
    product('São Jorge cheese', '300 g', 549, 3, 'milk'),
    product('Plain yoghurt', '4 × 125 g', 189, 22, 'milk'),
  ],
};
const PANTRY: Shelf = {
  name: 'Pantry',
  products: [
    product('Spaghetti', '500 g', 129, 45, 'gluten'),
    product('Olive oil, extra virgin', '750 ml', 899, 11),
    product('Chopped tomatoes', '400 g', 99, 60),
    product('Basmati rice', '1 kg', 279, 25),
    product('Peanut butter', '350 g', 399, 8, 'peanuts'),
    product('Tuna in olive oil', '120 g', 249, 32, 'fish'),
  ],
};
const DRINKS: Shelf = {
  name: 'Drinks',
  products: [
    product('Still water', '6 × 1.5 l', 299, 15),
    product('Orange juice', '1 l', 329, 13),
    product('Cold brew coffee', '250 ml', 279, 2),
    product('Ginger beer', '330 ml', 189, 28),
  ],
};
const SNACKS: Shelf = {
  name: 'Snacks',
  products: [
    product('Sea salt crisps', '150 g', 229, 26),
    product('Dark chocolate, 70 %', '100 g', 299, 19, 'milk', 'soy'),
    product('Salted almonds', '125 g', 329, 7, 'nuts'),
    product('Oat biscuits', '200 g', 199, 0, 'gluten', 'milk'),
  ],
};
const HOME: Shelf = {
  name: 'For the home',
  products: [
    product('Dish soap', '500 ml', 199, 17),
    product('Kitchen paper', '4 rolls', 349, 12),
    product('Bin bags, 30 l', '20 pieces', 249, 21),
  ],
};
const BREAD: Shelf = {
  name: 'Bread',
  products: [
    product('Sourdough loaf', '900 g', 449, 4, 'gluten'),
    product('Corn bread', '500 g', 289, 6, 'gluten'),
    product('Burger buns', '4 pieces', 219, 10, 'gluten', 'sesame'),
  ],
};
const MEDICINE: Shelf = {
  name: 'Pain and fever',
  products: [
    product('Paracetamol 500 mg', '20 tablets', 249, 40),
    product('Ibuprofen 200 mg', '20 tablets', 329, 35),
    product('Fever thermometer', '1 piece', 799, 5),
  ],
};
const COLDS: Shelf = {
  name: 'Colds and allergies',
  products: [
    product('Nasal spray', '20 ml', 549, 12),
    product('Throat lozenges, honey', '24 pieces', 459, 18),
    product('Cetirizine 10 mg', '10 tablets', 489, 14),
    product('Tissues', '10 packs', 199, 30),
  ],
};
const FIRST_AID: Shelf = {
  name: 'First aid',
  products: [
    product('Plasters, assorted', '40 pieces', 389, 22),
    product('Antiseptic spray', '100 ml', 629, 9),
    product('Elastic bandage', '1 piece', 349, 3),
    product('Blister plasters', '6 pieces', 699, 11),
  ],
};
const BABY: Shelf = {
  name: 'Baby and care',
  products: [
    product('Nappies, size 3', '44 pieces', 1299, 8),
    product('Baby wipes', '72 pieces', 249, 26),
    product('Sun cream SPF 50', '200 ml', 1399, 6),
    product('Toothpaste', '75 ml', 299, 24),
    product('Toothbrush, soft', '1 piece', 249, 2),
  ],
};

const days = (opens: string, closes: string): WeeklyHours =>
  [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, opens, closes }));

/** The shops of Emberhaven: the same tables as the kitchens, with counted stock. */
export const SHOPS: readonly ShopSeed[] = [
  {
    name: 'Tideway Market',
    kind: 'grocery',
    cuisine: 'Supermarket',
    description: 'Everything for the week',
    hours: ALWAYS_OPEN,
    prepMinutes: 12,
    shelves: [FRUIT, BREAD, DAIRY, PANTRY, DRINKS, SNACKS, HOME],
  },
  {
    name: 'Copper Corner',
    kind: 'grocery',
    cuisine: 'Corner shop',
    description: 'What you forgot, until late',
    hours: ALWAYS_OPEN,
    prepMinutes: 5,
    shelves: [SNACKS, DRINKS, DAIRY, HOME],
  },
  {
    name: 'Green Crate',
    kind: 'grocery',
    cuisine: 'Greengrocer',
    description: 'From the island’s own fields',
    hours: days('07:00', '20:00'),
    prepMinutes: 8,
    shelves: [FRUIT, BREAD, DAIRY],
  },
  {
    name: 'Lantern Larder',
    kind: 'grocery',
    cuisine: 'Delicatessen',
    description: 'Cheese, tins and good bread',
    hours: ALWAYS_OPEN,
    prepMinutes: 7,
    shelves: [BREAD, DAIRY, PANTRY, DRINKS],
  },
  {
    name: 'Lighthouse Pharmacy',
    kind: 'pharmacy',
    cuisine: 'Pharmacy',
    description: 'Open day and night',
    hours: ALWAYS_OPEN,
    prepMinutes: 6,
    shelves: [MEDICINE, COLDS, FIRST_AID, BABY],
  },
  {
    name: 'Saltmarsh Pharmacy',
    kind: 'pharmacy',
    cuisine: 'Pharmacy',
    description: 'Advice and remedies since 1911',
    hours: days('08:00', '20:00'),
    prepMinutes: 6,
    shelves: [MEDICINE, COLDS, FIRST_AID],
  },
];
