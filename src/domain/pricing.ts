import { conflict, invalid, Refusal } from './errors';
import type { MenuItem, MenuOption } from './menu';
import type { OrderLine } from './order';
import type { Terms } from './settings';

export type CartLine = {
  itemId: string;
  quantity: number;
  optionIds: string[];
  note: string;
  /** The price of one that the customer saw, minor units. */
  seenPrice?: number | undefined;
};

export type FeeRule = {
  /** Minor units, covers the first kilometre. */
  deliveryFeeBase: number;
  /** Minor units per further kilometre, by the metre. */
  deliveryFeePerKm: number;
};

export function deliveryFee(rule: FeeRule, distanceM: number): number {
  const furtherKm = Math.max(0, distanceM - 1_000) / 1_000;
  return rule.deliveryFeeBase + Math.round(rule.deliveryFeePerKm * furtherKm);
}

/** What a driver earns: a base and a rate by the metre of the trip, plus the whole tip. */
export const driverPay = (
  { driverPayBase, driverPayPerKm }: Pick<Terms, 'driverPayBase' | 'driverPayPerKm'>,
  tripDistanceM: number,
  tip: number,
): number => driverPayBase + Math.round((tripDistanceM / 1_000) * driverPayPerKm) + tip;

export type PricedLine = Omit<OrderLine, 'id'>;

/** What a dish's price is made of, and whether it is to be had. */
export type PricedDish = Pick<
  MenuItem,
  'id' | 'name' | 'price' | 'soldOut' | 'stock' | 'optionGroups'
>;

/** A line of the cart as it stands now: its price where it has one, and why it can't be ordered. */
export type QuotedLine = { itemId: string; priced: PricedLine | null; refused: Refusal | null };

const soldOutConflict = (name: string, itemId: string) =>
  conflict({
    reason: 'item_sold_out',
    message: `“${name}” has just sold out.`,
    hint: 'Take it out of your cart or choose something else.',
    data: { itemId, name },
  });

export const shortConflict = (name: string, itemId: string, left: number) =>
  conflict({
    reason: 'item_short',
    message: `Of “${name}”, only ${left} are left.`,
    hint: 'Take fewer of it, or choose something else.',
    data: { itemId, name, left },
  });

/** The options that are chosen of an item; throws a `Refusal` for those that can't be. */
function chooseOptions(item: PricedDish, optionIds: readonly string[]): MenuOption[] {
  const wanted = new Set(optionIds);
  if (wanted.size !== optionIds.length) {
    throw invalid({
      reason: 'option_repeated',
      message: `An option of “${item.name}” is chosen twice.`,
      hint: 'Choose each option once.',
      data: { itemId: item.id, name: item.name },
    });
  }
  const chosen = item.optionGroups.flatMap((group) => {
    const inGroup = group.options.filter((option) => wanted.delete(option.id));
    if (inGroup.length < group.min || inGroup.length > group.max) {
      throw invalid({
        reason: 'options_out_of_range',
        message: `“${group.name}” of “${item.name}” takes ${group.min} to ${group.max} choices.`,
        hint: 'Change the choices of this dish.',
        data: { itemId: item.id, name: item.name, groupId: group.id },
      });
    }
    return inGroup;
  });
  if (wanted.size > 0) {
    throw invalid({
      reason: 'option_unknown',
      message: `An option chosen for “${item.name}” does not exist there.`,
      hint: 'Choose the dish again.',
      data: { itemId: item.id, name: item.name },
    });
  }
  return chosen;
}

function quoteLine(item: PricedDish, line: CartLine, wanted: number): QuotedLine {
  try {
    const options = chooseOptions(item, line.optionIds);
    const unitPrice = options.reduce((sum, option) => sum + option.price, item.price);
    const priced = {
      itemId: item.id,
      name: item.name,
      quantity: line.quantity,
      unitPrice,
      lineTotal: unitPrice * line.quantity,
      options: options.map(({ id, name, price }) => ({ id, name, price })),
      note: line.note,
    };
    const gone = options.find((option) => option.soldOut);
    const refused = item.soldOut
      ? soldOutConflict(item.name, item.id)
      : gone
        ? soldOutConflict(`${item.name}: ${gone.name}`, item.id)
        : item.stock !== null && wanted > item.stock
          ? shortConflict(item.name, item.id, item.stock)
          : null;
    return { itemId: item.id, priced, refused };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { itemId: item.id, priced: null, refused: error };
  }
}

/**
 * Prices a cart against the dishes of a restaurant as they are now, line by line in the order of the cart;
 * money in minor units. What can't be ordered carries its refusal, so that all of it can be shown at once.
 */
export function priceLines(dishes: readonly PricedDish[], cart: readonly CartLine[]): QuotedLine[] {
  const items = new Map(dishes.map((item) => [item.id, item]));
  const wanted = new Map<string, number>();
  for (const { itemId, quantity } of cart) {
    wanted.set(itemId, (wanted.get(itemId) ?? 0) + quantity);
  }
  return cart.map((line) => {
    const item = items.get(line.itemId);
    if (item) return quoteLine(item, line, wanted.get(item.id) ?? 0);
    const refused = invalid({
      reason: 'item_not_on_menu',
      message: 'A dish in your cart is not on this restaurant’s menu.',
      hint: 'Take it out of your cart and choose again.',
      data: { itemId: line.itemId },
    });
    return { itemId: line.itemId, priced: null, refused };
  });
}

export type PriceChange = { itemId: string; name: string; was: number; now: number };

/** Where the price of one is not the one that the customer saw. */
export function priceChanges(
  cart: readonly CartLine[],
  lines: readonly QuotedLine[],
): PriceChange[] {
  return lines.flatMap(({ priced }, index) => {
    const was = cart[index]?.seenPrice;
    if (!priced || was === undefined || was === priced.unitPrice) return [];
    return [{ itemId: priced.itemId, name: priced.name, was, now: priced.unitPrice }];
  });
}

/** `numerator / denominator` to the nearest whole, halves up. Both whole, the first not negative. */
export const divideHalfUp = (numerator: number, denominator: number): number =>
  Math.floor((2 * numerator + denominator) / (2 * denominator));

type TaxRule = {
  /** Basis points: 2200 is 22 %. */
  taxBp: number;
  /** Whether prices hold the tax already, or it comes on top. */
  taxIncluded: boolean;
};

/** The parts of a sum, minor units; `total` is what is paid. */
export type Sum = {
  subtotal: number;
  discount: number;
  deliveryFee: number;
  tip: number;
  tax: number;
  taxIncluded: boolean;
  total: number;
};

/**
 * subtotal − discount + deliveryFee + tip, + tax where it comes on top. Tax is of the dishes and the
 * fee after the discount, rounded once on their sum: lines never drift apart from the total.
 */
export function sumUp(
  parts: Pick<Sum, 'subtotal' | 'discount' | 'deliveryFee' | 'tip'>,
  { taxBp, taxIncluded }: TaxRule,
): Sum {
  const { subtotal, deliveryFee: fee, tip } = parts;
  const discount = Math.min(parts.discount, subtotal + fee);
  const taxed = subtotal - discount + fee;
  const tax = taxIncluded
    ? divideHalfUp(taxed * taxBp, 10_000 + taxBp)
    : divideHalfUp(taxed * taxBp, 10_000);
  const total = taxed + tip + (taxIncluded ? 0 : tax);
  return { subtotal, discount, deliveryFee: fee, tip, tax, taxIncluded, total };
}
