import { and, asc, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { madeOnce } from '@/db/made-once';
import {
  menuItems,
  menuOptionGroups,
  menuOptions,
  menuSections,
  orders,
  restaurants,
} from '@/db/schema';
import { groupBy } from '@/domain/group-by';
import type { MenuSection } from '@/domain/menu';
import { OPEN_STATES } from '@/domain/order';
import type { PricedDish } from '@/domain/pricing';
import type { RestaurantImage } from '@/domain/restaurant';
import { anyOf } from './array-literal';

const image = sql<RestaurantImage>`restaurant_image(${restaurants})`;

const isAt = (slug: string) =>
  or(
    eq(restaurants.slug, slug),
    sql`${restaurants.id} = (SELECT restaurant_id FROM former_slugs WHERE slug = ${slug})`,
  );

/** By its id, its address or one that it had. */
export async function findRestaurant(
  db: Queryable,
  by: { id: string } | { slug: string },
): Promise<RestaurantImage | null> {
  const [row] = await db
    .select({ image })
    .from(restaurants)
    .where(
      and('id' in by ? eq(restaurants.id, by.id) : isAt(by.slug), isNull(restaurants.archivedAt)),
    );
  return row?.image ?? null;
}

export async function listRestaurants(db: Queryable): Promise<RestaurantImage[]> {
  const rows = await db
    .select({ image })
    .from(restaurants)
    .where(isNull(restaurants.archivedAt))
    .orderBy(asc(restaurants.name));
  return rows.map((row) => row.image);
}

/** Whether anything of it is still to be cooked or carried. Uses `orders_restaurant`. */
export async function hasOpenOrders(db: Queryable, restaurantId: string): Promise<boolean> {
  const [row] = await db
    .select({ id: orders.id })
    .from(orders)
    .where(and(eq(orders.restaurantId, restaurantId), inArray(orders.status, OPEN_STATES)))
    .limit(1);
  return row !== undefined;
}

const zoneById = madeOnce((paper) =>
  paper
    .select({ zoneId: restaurants.zoneId })
    .from(restaurants)
    .where(eq(restaurants.id, sql.placeholder('restaurantId'))),
);

/** The zone that dispatches for a restaurant. */
export async function zoneOfRestaurant(
  db: Queryable,
  restaurantId: string,
): Promise<string | null> {
  const [row] = await zoneById(db, { restaurantId });
  return row?.zoneId ?? null;
}

/** The whole menu in its order: four reads by index, joined here. */
export async function readMenu(db: Queryable, restaurantId: string): Promise<MenuSection[]> {
  const sections = await db
    .select()
    .from(menuSections)
    .where(and(eq(menuSections.restaurantId, restaurantId), isNull(menuSections.archivedAt)))
    .orderBy(asc(menuSections.position), asc(menuSections.id));
  const items = await db
    .select()
    .from(menuItems)
    .where(and(eq(menuItems.restaurantId, restaurantId), isNull(menuItems.archivedAt)))
    .orderBy(asc(menuItems.position), asc(menuItems.id));
  const groups = await db
    .select({ group: menuOptionGroups })
    .from(menuOptionGroups)
    .innerJoin(menuItems, eq(menuItems.id, menuOptionGroups.itemId))
    .where(eq(menuItems.restaurantId, restaurantId))
    .orderBy(asc(menuOptionGroups.position));
  const options = await db
    .select({ option: menuOptions })
    .from(menuOptions)
    .innerJoin(menuOptionGroups, eq(menuOptionGroups.id, menuOptions.groupId))
    .innerJoin(menuItems, eq(menuItems.id, menuOptionGroups.itemId))
    .where(eq(menuItems.restaurantId, restaurantId))
    .orderBy(asc(menuOptions.position));

  const optionsOf = groupBy(options, ({ option }) => option.groupId);
  const groupsOf = groupBy(groups, ({ group }) => group.itemId);
  const itemsOf = groupBy(items, (item) => item.sectionId);
  return sections.map(({ id, name, version }) => ({
    id,
    name,
    version,
    items: (itemsOf.get(id) ?? []).map((item) => ({
      id: item.id,
      name: item.name,
      description: item.description,
      price: item.price,
      soldOut: item.soldOut,
      allergens: item.allergens,
      stock: item.stock,
      unit: item.unit,
      photoId: item.photoId,
      version: item.version,
      optionGroups: (groupsOf.get(item.id) ?? []).map(({ group }) => ({
        id: group.id,
        name: group.name,
        min: group.min,
        max: group.max,
        options: (optionsOf.get(group.id) ?? []).map(({ option }) => ({
          id: option.id,
          name: option.name,
          price: option.price,
          soldOut: option.soldOut,
        })),
      })),
    })),
  }));
}

/**
 * Of a restaurant's menu the dishes with these ids, each with its options, in one statement: an order is
 * priced by them. What is archived, or of another restaurant, is not there.
 */
export async function readDishes(
  db: Queryable,
  restaurantId: string,
  itemIds: readonly string[],
): Promise<PricedDish[]> {
  const rows = await db.execute<PricedDish>(sql`
    SELECT i.id, i.name, i.price, i.sold_out AS "soldOut", i.stock, coalesce((
      SELECT jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name, 'min', g.min, 'max', g.max,
          'options', coalesce((
            SELECT jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name, 'price', o.price,
              'soldOut', o.sold_out) ORDER BY o.position)
            FROM menu_options o WHERE o.group_id = g.id), '[]')) ORDER BY g.position)
      FROM menu_option_groups g WHERE g.item_id = i.id), '[]') AS "optionGroups"
    FROM menu_items i JOIN menu_sections s ON s.id = i.section_id AND s.archived_at IS NULL
    WHERE i.id = ${anyOf(itemIds)} AND i.restaurant_id = ${restaurantId} AND i.archived_at IS NULL`);
  return [...rows];
}

export async function setPausedUntil(
  db: Queryable,
  restaurantId: string,
  until: Date | null,
): Promise<boolean> {
  const rows = await db
    .update(restaurants)
    .set({ pausedUntil: until })
    .where(eq(restaurants.id, restaurantId))
    .returning({ id: restaurants.id });
  return rows.length === 1;
}

/** False when there is no such restaurant. */
export async function setAutoAccept(
  db: Queryable,
  restaurantId: string,
  autoAccept: boolean,
): Promise<boolean> {
  const rows = await db
    .update(restaurants)
    .set({ autoAccept })
    .where(eq(restaurants.id, restaurantId))
    .returning({ id: restaurants.id });
  return rows.length === 1;
}

export async function setSoldOut(
  db: Queryable,
  itemId: string,
  soldOut: boolean,
): Promise<boolean> {
  const rows = await db
    .update(menuItems)
    .set({ soldOut })
    .where(eq(menuItems.id, itemId))
    .returning({ id: menuItems.id });
  return rows.length === 1;
}
