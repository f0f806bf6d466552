import * as v from 'valibot';
import { stored } from '@/components/shared/stored';
import type { MenuItem } from '@/domain/menu';
import type { CartLine } from '@/domain/pricing';
import type { RestaurantImage } from '@/domain/restaurant';

const Amount = v.pipe(v.number(), v.integer());

const LineSchema = v.object({
  itemId: v.string(),
  quantity: v.pipe(Amount, v.minValue(1), v.maxValue(20)),
  optionIds: v.array(v.string()),
  note: v.string(),
  /** As they were when the dish was added; the quote at checkout is what counts. */
  name: v.string(),
  optionNames: v.array(v.string()),
  unitPrice: Amount,
});

const CartSchema = v.object({
  restaurant: v.object({
    id: v.string(),
    slug: v.string(),
    name: v.string(),
    currency: v.string(),
    minimumOrder: Amount,
  }),
  lines: v.pipe(v.array(LineSchema), v.minLength(1)),
});

export type CartEntry = v.InferOutput<typeof LineSchema>;
/** Dishes of one restaurant. An empty cart is null. */
export type Cart = v.InferOutput<typeof CartSchema>;

export const cart = stored<Cart | null>('hotfoot.cart', null, (value) =>
  v.is(CartSchema, value) ? value : null,
);

export const cartCount = (value: Cart | null): number =>
  value?.lines.reduce((sum, line) => sum + line.quantity, 0) ?? 0;

export const cartSubtotal = (value: Cart | null): number =>
  value?.lines.reduce((sum, line) => sum + line.unitPrice * line.quantity, 0) ?? 0;

/** With the prices that the customer has seen: the server compares. */
export const toCartLines = (value: Cart): CartLine[] =>
  value.lines.map(({ itemId, quantity, optionIds, note, unitPrice }) => ({
    itemId,
    quantity,
    optionIds,
    note,
    seenPrice: unitPrice,
  }));

/** Same dish, same options, same note: one line. */
export const lineKey = ({ itemId, optionIds, note }: CartLine): string =>
  JSON.stringify([itemId, [...optionIds].sort(), note]);

export function entryFor(item: MenuItem, choice: Omit<CartLine, 'itemId'>): CartEntry {
  const chosen = item.optionGroups
    .flatMap((group) => group.options)
    .filter((option) => choice.optionIds.includes(option.id));
  return {
    ...choice,
    itemId: item.id,
    name: item.name,
    optionNames: chosen.map((option) => option.name),
    unitPrice: chosen.reduce((sum, option) => sum + option.price, item.price),
  };
}

/** Adds to the cart of this restaurant; a cart of another one is replaced. */
export function addToCart(restaurant: RestaurantImage, entry: CartEntry): void {
  const before = cart.get();
  const lines = before?.restaurant.id === restaurant.id ? before.lines : [];
  const key = lineKey(entry);
  const known = lines.find((line) => lineKey(line) === key);
  const { id, slug, name, currency, minimumOrder } = restaurant;
  cart.set({
    restaurant: { id, slug, name, currency, minimumOrder },
    lines: known
      ? lines.map((line) =>
          line === known
            ? { ...entry, quantity: Math.min(20, line.quantity + entry.quantity) }
            : line,
        )
      : [...lines, entry],
  });
}

/** Quantity 0 takes the line out. */
export function setQuantity(key: string, quantity: number): void {
  const before = cart.get();
  if (!before) return;
  const lines = before.lines.flatMap((line) => {
    if (lineKey(line) !== key) return [line];
    return quantity > 0 ? [{ ...line, quantity }] : [];
  });
  cart.set(lines.length > 0 ? { ...before, lines } : null);
}

/** Takes out every line of a dish, e.g. one that has sold out. */
export function removeItem(itemId: string): void {
  const before = cart.get();
  if (!before) return;
  const lines = before.lines.filter((line) => line.itemId !== itemId);
  cart.set(lines.length > 0 ? { ...before, lines } : null);
}

/** Fewer of a dish, over all of its lines: `left` at the most. */
export function reduceTo(itemId: string, left: number): void {
  const before = cart.get();
  if (!before) return;
  let room = left;
  const lines = before.lines.flatMap((line) => {
    if (line.itemId !== itemId) return [line];
    const quantity = Math.min(line.quantity, room);
    room -= quantity;
    return quantity > 0 ? [{ ...line, quantity }] : [];
  });
  cart.set(lines.length > 0 ? { ...before, lines } : null);
}

/** The customer has seen the new prices: by line, null where there is none. */
export function acceptPrices(prices: readonly (number | null)[]): void {
  const before = cart.get();
  if (!before) return;
  cart.set({
    ...before,
    lines: before.lines.map((line, index) => ({
      ...line,
      unitPrice: prices[index] ?? line.unitPrice,
    })),
  });
}
