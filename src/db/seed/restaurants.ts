import { ALWAYS_OPEN, type WeeklyHours } from '@/domain/opening-hours';
import type { Cuisine } from './menus';

export type RestaurantSeed = {
  name: string;
  cuisine: Cuisine;
  description: string;
  hours: WeeklyHours;
  prepMinutes: number;
};

const evenings: WeeklyHours = [1, 2, 3, 4, 5, 6, 7].map((day) => ({
  day,
  opens: '17:00',
  closes: '02:00',
}));
const mornings: WeeklyHours = [1, 2, 3, 4, 5, 6, 7].map((day) => ({
  day,
  opens: '06:00',
  closes: '15:00',
}));

const place = (
  name: string,
  cuisine: Cuisine,
  description: string,
  prepMinutes = 10,
  hours = ALWAYS_OPEN,
): RestaurantSeed => ({ name, cuisine, description, hours, prepMinutes });

/** The kitchens of Emberhaven. Most never close, so that a newcomer finds food at any hour. */
export const RESTAURANTS: readonly RestaurantSeed[] = [
  place('Brick & Basil', 'Pizza', 'Wood-fired, long-proved, short menu', 9),
  place('Forno Lanterna', 'Pizza', 'Neapolitan pizza by the lantern steps', 10),
  place('Slice of Saltmarsh', 'Pizza', 'Big slices for big walks', 8),
  place('Tide & Tomato', 'Pizza', 'Pizza with a harbour view', 11, evenings),
  place('Koi House', 'Japanese', 'Rolls, bowls and quiet music', 11),
  place('Ramen Belfry', 'Japanese', 'Broth that takes two days', 9),
  place('Little Osaka', 'Japanese', 'Comfort from Kansai', 12),
  place('Maki Point', 'Japanese', 'Rolled when you order', 10, evenings),
  place('Ember Grill', 'Burgers', 'Smoke, fire and good buns', 10),
  place('Stack Yard', 'Burgers', 'As high as you dare', 9),
  place('The Patty Foundry', 'Burgers', 'Cast in iron since 2009', 8),
  place('Gannet Burger Bar', 'Burgers', 'Where the surfers eat', 10),
  place('Saffron Mill', 'Indian', 'North Indian, ground daily', 13),
  place('Masala Wharf', 'Indian', 'Curries by the water', 12),
  place('Tandoor Uplands', 'Indian', 'Charcoal and patience', 14),
  place('Kerala Kitchen', 'Indian', 'Coconut, curry leaf, pepper', 12),
  place('Casa Maíz', 'Mexican', 'Corn ground every morning', 9),
  place('Taco Breakwater', 'Mexican', 'Standing room, great salsa', 7),
  place('La Cantera', 'Mexican', 'Slow meats, fast service', 10),
  place('Agave Lane', 'Mexican', 'Tacos until late', 9, evenings),
  place('Bangkok Bellfoundry', 'Thai', 'Wok heat, no shortcuts', 9),
  place('Lemongrass & Lime', 'Thai', 'Bright, sharp, generous', 10),
  place('Thai Heron', 'Thai', 'Family recipes from Chiang Mai', 11),
  place('Cedar Table', 'Levant', 'Beirut by way of the harbour', 9),
  place('Olive & Ash', 'Levant', 'Charcoal and mezze', 10),
  place('Sumac Street', 'Levant', 'Wraps worth the queue', 7),
  place('Aleppo Oven', 'Levant', 'Flatbread from a stone oven', 8),
  place('The Salt Shed', 'Seafood', 'What the boats bring in', 12),
  place('Harbour Hake', 'Seafood', 'Fish and chips, properly', 9),
  place('Mussel & Mast', 'Seafood', 'Pots for sharing', 11),
  place('Crumb & Co', 'Bakery', 'Bread, butter, coffee', 5),
  place('Orchard Hill Bakery', 'Bakery', 'Out of the oven at five', 6, mornings),
  place('The Early Loaf', 'Bakery', 'Sourdough people', 5),
  place('Green Lantern', 'Vegan', 'Plants, cooked with fire', 9),
  place('Root Cellar', 'Vegan', 'Seasonal bowls and stews', 8),
  place('Fern & Fig', 'Vegan', 'Light food, full plates', 8),
];
