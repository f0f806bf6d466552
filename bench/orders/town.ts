import { encodeToken } from '@/auth/token';
import { createGuestClient } from '@/client/node';
import type { Connection } from '@/db/client';
import { ensured } from '@/domain/errors';
import type { GeoPoint } from '@/domain/geo';
import { loadCity } from '@/simulation/city';

export type Person = { id: string; cookie: string };

/** Opens accounts, each with a session, and answers the cookies that browsers would have. */
export async function openAccounts(
  { sql }: Connection,
  role: 'customer' | 'driver',
  count: number,
  secret: string,
): Promise<Person[]> {
  const sessions = await sql<{ sid: string; sub: string }[]>`
    WITH people AS (
      INSERT INTO users (email, name, role, password_hash)
      SELECT ${role} || n || '@bench.hotfoot.test', 'Bench ' || n, ${role}, '-' FROM generate_series(1, ${count}::int) n
      RETURNING id)
    INSERT INTO sessions (user_id, expires_at, seen_at) SELECT id, now() + interval '1 day', now() FROM people
    RETURNING id AS sid, user_id AS sub`;
  return Promise.all(
    sessions.map(async ({ sid, sub }) => ({
      id: sub,
      cookie: `next-auth.session-token=${await encodeToken({ sid, sub }, secret, 86_400)}`,
    })),
  );
}

/** An order as `orders.place` takes it, but for its key. */
export type Cart = {
  restaurantId: string;
  lines: { itemId: string; optionIds: string[]; note: string; quantity: number }[];
  dropoff: GeoPoint;
  dropoffAddress: string;
  expectedTotal: number;
};

/**
 * Carts of one to three dishes from restaurants that take them now, for doors all over the city, or for one
 * that `doorAt` finds near the restaurant.
 */
export async function fillCarts(
  url: string,
  count: number,
  doorAt: (restaurant: GeoPoint, n: number) => GeoPoint | null = () => null,
): Promise<Cart[]> {
  const api = createGuestClient(url);
  const { addresses } = loadCity();
  const carts: Cart[] = [];
  for (let n = 0; carts.length < count && n < count * 4; n += 1) {
    const door = ensured(addresses[(n * 389) % addresses.length], 'an address');
    const { places } = await api.restaurants.nearby.query({
      ...{ ...door.point, kind: 'restaurant', openOnly: true, limit: 12 },
    });
    const place = places[n % Math.max(1, places.length)];
    if (!place) continue;
    const { restaurant } = place;
    const { menu } = await api.restaurants.get.query({ slug: restaurant.slug });
    const dishes = menu
      .flatMap(({ items }) => items)
      .filter((item) => !item.soldOut && item.optionGroups.every(({ min }) => min === 0));
    const lines = dishes.slice(0, 1 + (n % 3)).map(({ id, price }) => ({
      ...{ itemId: id, optionIds: [], note: '' },
      quantity: Math.max(1, Math.ceil(restaurant.minimumOrder / price)),
    }));
    if (lines.length === 0) continue;
    const dropoff = doorAt(restaurant.location, n) ?? door.point;
    const cart = { restaurantId: restaurant.id, lines, dropoff };
    const { total, obstacles } = await api.orders.quote.query(cart);
    if (obstacles.length > 0) continue;
    const dropoffAddress = `${door.number} ${door.street}`;
    carts.push({ ...cart, dropoffAddress, expectedTotal: total });
  }
  ensured(carts[0], 'a restaurant that takes orders');
  return carts;
}
