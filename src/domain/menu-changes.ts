/**
 * Events after which a menu is read anew, since they do not tell all of it: what a new dish is, what
 * became of an old one, the order.
 */
export const MENU_CHANGES: ReadonlySet<string> = new Set([
  'menu_item.added',
  'menu_item.removed',
  'menu_item.edited',
  'menu.arranged',
]);
