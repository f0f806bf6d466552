/** Ids of the examples; the tests put those of a town of theirs in their place. */
export const EXAMPLE_IDS = {
  restaurant: '019a9f2e-0000-7000-8000-000000000001',
  section: '019a9f2e-0000-7000-8000-000000000002',
  dish: '019a9f2e-0000-7000-8000-000000000003',
  option: '019a9f2e-0000-7000-8000-000000000004',
  order: '019a9f2e-0000-7000-8000-000000000005',
  delivery: '019a9f2e-0000-7000-8000-000000000006',
  offer: '019a9f2e-0000-7000-8000-000000000007',
  key: '019a9f2e-0000-7000-8000-000000000008',
} as const;

/** Where the examples' restaurant and driver stand, and the door that they order to. */
export const EXAMPLE_PLACE = { lat: 38.7139, lng: -9.1394 } as const;
export const EXAMPLE_DRIVER = { lat: 38.7152, lng: -9.1388 } as const;
export const EXAMPLE_DOOR = { lat: 38.7169, lng: -9.1399 } as const;

export const EXAMPLE_SIGN_IN = {
  email: 'cora@hotfoot.example',
  password: 'a long password',
} as const;
/** What a refresh token looks like. */
export const EXAMPLE_REFRESH_TOKEN = 'hfr_EXAMPLExHLxW6xSVpPxj1u9Hk2bDgW0tqkZ4Xn7yA';

export const EXAMPLE_CART = {
  restaurantId: EXAMPLE_IDS.restaurant,
  lines: [{ itemId: EXAMPLE_IDS.dish, quantity: 2, optionIds: [EXAMPLE_IDS.option], note: '' }],
  dropoff: EXAMPLE_DOOR,
};
