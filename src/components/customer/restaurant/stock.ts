import type { MenuItem } from '@/domain/menu';

/** From so few on, a screen says how many are left. */
const FEW = 5;

/** The most of one dish in a cart. */
const MOST = 20;

/** How many are left, where that is worth saying; null where there are enough. */
export const fewLeft = ({ stock, soldOut }: MenuItem): number | null =>
  !soldOut && stock !== null && stock <= FEW ? stock : null;

/** How many more of an item can be added to so many in the cart. */
export const roomFor = ({ stock }: MenuItem, inCart: number): number =>
  Math.max(0, Math.min(MOST, stock ?? MOST) - inCart);
