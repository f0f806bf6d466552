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
  optionGroups: MenuOptionGroup[];
};

export type MenuSection = { id: string; name: string; items: MenuItem[] };

/** The part of an item that the event log carries when it changes. */
export type MenuItemImage = {
  id: string;
  restaurantId: string;
  name: string;
  price: number;
  soldOut: boolean;
};
