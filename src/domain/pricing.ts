import { conflict, invalid } from './errors';
import type { MenuItem, MenuOption, MenuSection } from './menu';
import type { OrderLine } from './order';

export type CartLine = { itemId: string; quantity: number; optionIds: string[]; note: string };

export type FeeRule = {
  /** Minor units, covers the first kilometre. */
  deliveryFeeBase: number;
  /** Minor units per further kilometre, by the metre. */
  deliveryFeePerKm: number;
};

export type PricedCart = {
  lines: Omit<OrderLine, 'id'>[];
  itemCount: number;
  subtotal: number;
  deliveryFee: number;
  tip: number;
  total: number;
};

export function deliveryFee(rule: FeeRule, distanceM: number): number {
  const furtherKm = Math.max(0, distanceM - 1_000) / 1_000;
  return rule.deliveryFeeBase + Math.round(rule.deliveryFeePerKm * furtherKm);
}

/** What a driver earns: a base and a rate by the metre of the trip, plus the whole tip. */
export const driverPay = (tripDistanceM: number, tip: number): number =>
  250 + Math.round((tripDistanceM / 1_000) * 90) + tip;

function chooseOptions(item: MenuItem, optionIds: readonly string[]): MenuOption[] {
  const wanted = new Set(optionIds);
  if (wanted.size !== optionIds.length) {
    throw invalid({
      reason: 'option_repeated',
      message: `An option of “${item.name}” is chosen twice.`,
      hint: 'Choose each option once.',
    });
  }
  const chosen = item.optionGroups.flatMap((group) => {
    const inGroup = group.options.filter((option) => wanted.delete(option.id));
    if (inGroup.length < group.min || inGroup.length > group.max) {
      throw invalid({
        reason: 'options_out_of_range',
        message: `“${group.name}” of “${item.name}” takes ${group.min} to ${group.max} choices.`,
        hint: 'Change the choices of this dish.',
        data: { itemId: item.id, groupId: group.id },
      });
    }
    return inGroup;
  });
  if (wanted.size > 0) {
    throw invalid({
      reason: 'option_unknown',
      message: `An option chosen for “${item.name}” does not exist there.`,
      hint: 'Choose the dish again.',
      data: { itemId: item.id },
    });
  }
  const soldOut = chosen.find((option) => option.soldOut);
  if (soldOut) throw soldOutConflict(`${item.name}: ${soldOut.name}`, item.id);
  return chosen;
}

const soldOutConflict = (name: string, itemId: string) =>
  conflict({
    reason: 'item_sold_out',
    message: `“${name}” has just sold out.`,
    hint: 'Take it out of your cart or choose something else.',
    data: { itemId },
  });

/**
 * Prices a cart against the menu as it is now; all money in minor units. Throws a `Refusal` for a
 * dish that is foreign or sold out, or for options outside of their limits.
 */
export function priceCart(
  menu: readonly MenuSection[],
  cart: readonly CartLine[],
  fee: number,
  tip: number,
): PricedCart {
  const items = new Map(menu.flatMap((section) => section.items).map((item) => [item.id, item]));
  const lines = cart.map((line) => {
    const item = items.get(line.itemId);
    if (!item) {
      throw invalid({
        reason: 'item_not_on_menu',
        message: 'A dish in your cart is not on this restaurant’s menu.',
        hint: 'Take it out of your cart and choose again.',
        data: { itemId: line.itemId },
      });
    }
    if (item.soldOut) throw soldOutConflict(item.name, item.id);
    const options = chooseOptions(item, line.optionIds);
    const unitPrice = options.reduce((sum, option) => sum + option.price, item.price);
    return {
      itemId: item.id,
      name: item.name,
      quantity: line.quantity,
      unitPrice,
      lineTotal: unitPrice * line.quantity,
      options: options.map(({ id, name, price }) => ({ id, name, price })),
      note: line.note,
    };
  });
  const subtotal = lines.reduce((sum, line) => sum + line.lineTotal, 0);
  return {
    lines,
    itemCount: lines.reduce((sum, line) => sum + line.quantity, 0),
    subtotal,
    deliveryFee: fee,
    tip,
    total: subtotal + fee + tip,
  };
}
