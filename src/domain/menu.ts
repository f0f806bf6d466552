/** The fourteen of EU regulation 1169/2011, annex II. */
export const ALLERGENS = [
  'celery',
  'crustaceans',
  'eggs',
  'fish',
  'gluten',
  'lupin',
  'milk',
  'molluscs',
  'mustard',
  'nuts',
  'peanuts',
  'sesame',
  'soy',
  'sulphites',
] as const;
export type Allergen = (typeof ALLERGENS)[number];

/** Prices in minor units of the restaurant's currency. */
export type MenuOption = { id: string; name: string; price: number; soldOut: boolean };

export type MenuOptionGroup = {
  id: string;
  name: string;
  /** How many options a person has to and may choose. */
  min: number;
  max: number;
  options: MenuOption[];
};

export type MenuItem = {
  id: string;
  name: string;
  description: string;
  price: number;
  soldOut: boolean;
  allergens: Allergen[];
  /** How many are left; null where they are not counted. */
  stock: number | null;
  /** How much one is, "500 g"; empty where it goes without saying. */
  unit: string;
  /** Null: the picture is drawn from the name. */
  photoId: string | null;
  /** Goes up with every edit. */
  version: number;
  optionGroups: MenuOptionGroup[];
};

export type MenuSection = { id: string; name: string; version: number; items: MenuItem[] };

export type { MenuItemImage } from './menu-image';
