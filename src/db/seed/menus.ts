/** Dishes of the demo city by cuisine. Prices in cents. Several restaurants share a cuisine. */
export type DishSeed = {
  name: string;
  description: string;
  price: number;
  /** Names of option groups below. */
  options?: (keyof typeof OPTION_GROUPS)[];
};
export type SectionSeed = { name: string; dishes: DishSeed[] };
export type Cuisine = keyof typeof MENUS;

export const OPTION_GROUPS = {
  size: {
    name: 'Size',
    min: 1,
    max: 1,
    options: [
      ['Regular', 0],
      ['Large', 300],
    ],
  },
  heat: {
    name: 'How hot',
    min: 1,
    max: 1,
    options: [
      ['Mild', 0],
      ['Medium', 0],
      ['Hot', 0],
    ],
  },
  protein: {
    name: 'With',
    min: 1,
    max: 1,
    options: [
      ['Tofu', 0],
      ['Chicken', 150],
      ['Prawns', 300],
    ],
  },
  extras: {
    name: 'Extras',
    min: 0,
    max: 3,
    options: [
      ['Cheese', 120],
      ['Avocado', 180],
      ['Pickles', 60],
      ['Egg', 120],
    ],
  },
  side: {
    name: 'Side',
    min: 1,
    max: 1,
    options: [
      ['Fries', 0],
      ['Salad', 0],
      ['Slaw', 50],
    ],
  },
  toppings: {
    name: 'Toppings',
    min: 0,
    max: 4,
    options: [
      ['Olives', 100],
      ['Mushrooms', 120],
      ['Basil', 50],
      ['Ham', 180],
      ['Anchovies', 180],
    ],
  },
  milk: {
    name: 'Milk',
    min: 1,
    max: 1,
    options: [
      ['Whole', 0],
      ['Oat', 50],
      ['Soy', 50],
    ],
  },
} as const;

const dish = (
  name: string,
  price: number,
  description: string,
  ...options: (keyof typeof OPTION_GROUPS)[]
): DishSeed => ({ name, price, description, options });

export const MENUS = {
  Pizza: [
    {
      name: 'Pizza',
      dishes: [
        dish('Margherita', 950, 'Tomato, fior di latte, basil', 'size', 'toppings'),
        dish('Marinara', 850, 'Tomato, garlic, oregano, no cheese', 'size', 'toppings'),
        dish('Diavola', 1190, 'Spicy salami, chilli honey', 'size', 'toppings'),
        dish('Funghi', 1150, 'Mushrooms, thyme, taleggio', 'size', 'toppings'),
        dish('Quattro formaggi', 1290, 'Four cheeses, walnuts', 'size', 'toppings'),
      ],
    },
    {
      name: 'Before and beside',
      dishes: [
        dish('Burrata', 890, 'Roast tomatoes, grilled bread'),
        dish('Rocket salad', 650, 'Lemon, parmesan, pear'),
        dish('Garlic bread', 450, 'From the pizza oven'),
      ],
    },
    {
      name: 'Sweet',
      dishes: [dish('Tiramisu', 620, 'Made this morning'), dish('Panna cotta', 580, 'Berries')],
    },
  ],
  Japanese: [
    {
      name: 'Rolls',
      dishes: [
        dish('Salmon roll', 890, 'Eight pieces, avocado, sesame'),
        dish('Cucumber roll', 520, 'Eight pieces'),
        dish('Spicy tuna roll', 980, 'Eight pieces, spring onion'),
        dish('Rainbow roll', 1390, 'Salmon, tuna, avocado over crab'),
      ],
    },
    {
      name: 'Ramen and bowls',
      dishes: [
        dish('Shoyu ramen', 1290, 'Soy broth, egg, bamboo', 'heat', 'extras'),
        dish('Miso ramen', 1350, 'Miso broth, corn, butter', 'heat', 'extras'),
        dish('Chicken katsu don', 1190, 'Crisp cutlet, egg, rice'),
        dish('Salmon poke', 1350, 'Edamame, mango, sushi rice'),
      ],
    },
    {
      name: 'Small plates',
      dishes: [
        dish('Gyoza', 690, 'Six dumplings, pork or vegetable'),
        dish('Edamame', 450, 'Sea salt'),
        dish('Miso soup', 380, 'Tofu, wakame'),
      ],
    },
  ],
  Burgers: [
    {
      name: 'Burgers',
      dishes: [
        dish('Ember burger', 1090, 'Smoked beef, cheddar, pickles', 'extras', 'side'),
        dish('Double stack', 1390, 'Two patties, twice the cheese', 'extras', 'side'),
        dish('Crisp chicken', 1090, 'Buttermilk thigh, slaw', 'extras', 'side'),
        dish('Garden burger', 990, 'Beetroot and bean patty', 'extras', 'side'),
      ],
    },
    {
      name: 'Sides',
      dishes: [
        dish('Fries', 390, 'Skin on'),
        dish('Onion rings', 450, 'Beer batter'),
        dish('Mac and cheese', 590, 'Baked crust'),
      ],
    },
    {
      name: 'Drinks',
      dishes: [dish('Lemonade', 350, 'Pressed here'), dish('Vanilla shake', 520, 'Thick')],
    },
  ],
  Indian: [
    {
      name: 'Curries',
      dishes: [
        dish('Butter chicken', 1290, 'Tomato, cream, fenugreek', 'heat'),
        dish('Chana masala', 990, 'Chickpeas, ginger', 'heat'),
        dish('Palak paneer', 1090, 'Spinach, fresh cheese', 'heat'),
        dish('Lamb rogan josh', 1450, 'Slow cooked, Kashmiri chilli', 'heat'),
      ],
    },
    {
      name: 'From the tandoor',
      dishes: [
        dish('Garlic naan', 350, 'Brushed with ghee'),
        dish('Chicken tikka', 1190, 'Yoghurt, lime, mint'),
        dish('Paneer tikka', 1090, 'Peppers, charred onion'),
      ],
    },
    {
      name: 'Beside',
      dishes: [
        dish('Basmati rice', 320, 'Cardamom'),
        dish('Samosas', 520, 'Two, tamarind'),
        dish('Mango lassi', 420, 'Cold'),
      ],
    },
  ],
  Mexican: [
    {
      name: 'Tacos',
      dishes: [
        dish('Al pastor', 990, 'Three tacos, pork, pineapple', 'heat'),
        dish('Baja fish', 1090, 'Three tacos, slaw, lime', 'heat'),
        dish('Mushroom tinga', 890, 'Three tacos, chipotle', 'heat'),
      ],
    },
    {
      name: 'Burritos and bowls',
      dishes: [
        dish('Burrito', 1150, 'Rice, beans, salsa', 'protein', 'extras'),
        dish('Bowl', 1150, 'The same without the wrap', 'protein', 'extras'),
        dish('Quesadilla', 920, 'Oaxaca cheese', 'protein'),
      ],
    },
    {
      name: 'Beside',
      dishes: [
        dish('Guacamole', 690, 'Crushed to order'),
        dish('Churros', 520, 'Chocolate'),
        dish('Jamaica', 320, 'Hibiscus, cold'),
      ],
    },
  ],
  Thai: [
    {
      name: 'Wok',
      dishes: [
        dish('Pad thai', 1150, 'Rice noodles, tamarind, peanuts', 'protein', 'heat'),
        dish('Pad kra pao', 1150, 'Holy basil, fried egg', 'protein', 'heat'),
        dish('Cashew stir-fry', 1090, 'Peppers, dried chilli', 'protein', 'heat'),
      ],
    },
    {
      name: 'Curries and soups',
      dishes: [
        dish('Green curry', 1190, 'Coconut, aubergine', 'protein', 'heat'),
        dish('Massaman', 1250, 'Potato, star anise', 'protein'),
        dish('Tom yum', 890, 'Hot and sour', 'protein', 'heat'),
      ],
    },
    {
      name: 'Small',
      dishes: [
        dish('Summer rolls', 620, 'Mint, peanut sauce'),
        dish('Papaya salad', 790, 'Pounded, lime', 'heat'),
        dish('Sticky rice', 320, ''),
      ],
    },
  ],
  Levant: [
    {
      name: 'Plates',
      dishes: [
        dish('Falafel plate', 990, 'Six, tahini, pickled turnip'),
        dish('Shawarma plate', 1250, 'Chicken, garlic sauce, rice'),
        dish('Lamb kofta', 1390, 'Grilled, sumac onions'),
      ],
    },
    {
      name: 'Wraps',
      dishes: [
        dish('Falafel wrap', 750, 'Warm flatbread', 'extras'),
        dish('Halloumi wrap', 820, 'Grilled, mint', 'extras'),
        dish('Shawarma wrap', 850, 'Garlic sauce', 'extras'),
      ],
    },
    {
      name: 'Mezze',
      dishes: [
        dish('Hummus', 520, 'Olive oil, warm bread'),
        dish('Tabbouleh', 560, 'Parsley, bulgur'),
        dish('Baklava', 450, 'Pistachio'),
      ],
    },
  ],
  Seafood: [
    {
      name: 'From the harbour',
      dishes: [
        dish('Fish and chips', 1350, 'Hake, malt vinegar'),
        dish('Grilled sardines', 1190, 'Lemon, potatoes'),
        dish('Mussels', 1290, 'White wine, fries'),
        dish('Prawn roll', 1390, 'Brioche, dill'),
      ],
    },
    {
      name: 'Beside',
      dishes: [
        dish('Chowder', 790, 'Smoked haddock'),
        dish('Green salad', 490, 'Mustard dressing'),
        dish('Sourdough', 290, 'Seaweed butter'),
      ],
    },
    { name: 'Sweet', dishes: [dish('Lemon tart', 590, 'Sharp')] },
  ],
  Bakery: [
    {
      name: 'Bread and pastry',
      dishes: [
        dish('Butter croissant', 290, 'Laminated by hand'),
        dish('Cinnamon knot', 340, 'Cardamom sugar'),
        dish('Country loaf', 520, 'Sourdough, 900 g'),
        dish('Custard tart', 280, 'Caramelised top'),
      ],
    },
    {
      name: 'Sandwiches',
      dishes: [
        dish('Ham and gruyère', 720, 'Baguette', 'extras'),
        dish('Egg mayonnaise', 650, 'Chives, milk bread', 'extras'),
        dish('Roast vegetables', 690, 'Focaccia, pesto', 'extras'),
      ],
    },
    {
      name: 'Coffee',
      dishes: [
        dish('Flat white', 340, 'Double shot', 'milk'),
        dish('Filter coffee', 290, 'Today’s roast'),
        dish('Hot chocolate', 380, 'Dark', 'milk'),
      ],
    },
  ],
  Vegan: [
    {
      name: 'Bowls',
      dishes: [
        dish('Harvest bowl', 1190, 'Roast squash, grains, tahini', 'size'),
        dish('Green goddess', 1150, 'Kale, avocado, seeds', 'size'),
        dish('Smoky tempeh', 1250, 'Sweet potato, slaw', 'size'),
      ],
    },
    {
      name: 'Warm',
      dishes: [
        dish('Lentil dal', 990, 'Coconut, spinach', 'heat'),
        dish('Jackfruit stew', 1090, 'Barley', 'heat'),
        dish('Soup of the day', 690, 'With bread'),
      ],
    },
    {
      name: 'Sweet and cold',
      dishes: [
        dish('Chocolate mousse', 560, 'Aquafaba, sea salt'),
        dish('Ginger shot', 290, 'Sharp'),
        dish('Kombucha', 390, 'Brewed here'),
      ],
    },
  ],
} as const satisfies Record<string, readonly SectionSeed[]>;
