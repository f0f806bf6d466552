import type { z } from 'zod';
import { EXAMPLE_IDS } from '@/api/rest/examples';
import { type Api, operation } from '@/api/rest/operation';
import { DishResource, Id, IdParams, Menu, SectionResource } from '@/api/rest/resources';
import { DishSchema } from '@/domain/dish';
import { notFound } from '@/domain/errors';
import { AddDishInput } from '@/services/add-dish';
import { SoldOutInput } from '@/services/change-restaurant';
import { AddSectionInput } from '@/services/change-section';

const SectionParams = IdParams.extend({ sectionId: Id });
const DishParams = IdParams.extend({ dishId: Id });
const SectionBody = AddSectionInput.pick({ name: true });
/** A dish, and how many are left of it; null: not counted. */
const DishBody = DishSchema.extend({ stock: AddDishInput.shape.stock.default(null) });
const DishPatch = DishSchema.partial().extend({ stock: AddDishInput.shape.stock.optional() });

const menuOf = async (api: Api, restaurantId: string) =>
  (await api.restaurantDesk.get({ restaurantId })).menu;

async function sectionOf(api: Api, { id, sectionId }: z.infer<typeof SectionParams>) {
  const section = (await menuOf(api, id)).find((each) => each.id === sectionId);
  if (!section) throw notFound('section');
  return section;
}

async function dishOf(api: Api, { id, dishId }: z.infer<typeof DishParams>) {
  const dishes = (await menuOf(api, id)).flatMap(({ items }) => items);
  const dish = dishes.find((each) => each.id === dishId);
  if (!dish) throw notFound('dish');
  return dish;
}

async function readDish(api: Api, params: z.infer<typeof DishParams>) {
  const dish = await dishOf(api, params);
  return { body: dish, version: dish.version };
}

const EXAMPLE_DISH = {
  name: 'Bacalhau à Brás',
  description: 'With straw potatoes and eggs.',
  price: 1_450,
  unit: '',
  allergens: ['fish', 'eggs'],
  optionGroups: [
    {
      ...{ name: 'Size', min: 1, max: 1 },
      options: [{ name: 'Regular', price: 0, soldOut: false }],
    },
  ],
};

const PATH = '/restaurants/{id}/menu';
const menus = { tag: 'menus', access: 'menus:write' } as const;
const SECTION = { id: EXAMPLE_IDS.restaurant, sectionId: EXAMPLE_IDS.section };
const DISH = { id: EXAMPLE_IDS.restaurant, dishId: EXAMPLE_IDS.dish };

export const menuOperations = [
  operation({
    id: 'getMenu',
    ...{ method: 'get', path: PATH, tag: 'menus', access: 'anyone' },
    summary: 'Read a menu',
    params: IdParams,
    status: 200,
    output: Menu,
    example: { as: 'guest', params: { id: EXAMPLE_IDS.restaurant } },
    async run({ api, params }) {
      const { menu } = await api.restaurants.byId({ restaurantId: params.id });
      return { body: { sections: menu } };
    },
  }),
  operation({
    id: 'addSection',
    ...{ method: 'post', path: `${PATH}/sections`, ...menus },
    summary: 'Add a section at the end of a menu',
    params: IdParams,
    body: SectionBody,
    status: 201,
    output: SectionResource,
    example: { as: 'admin', params: { id: EXAMPLE_IDS.restaurant }, body: { name: 'Desserts' } },
    async run({ api, params: { id }, body, idempotencyKey }) {
      const input = { ...body, restaurantId: id, idempotencyKey };
      const { sectionId } = await api.restaurantDesk.addSection(input);
      return { body: await sectionOf(api, { id, sectionId }) };
    },
  }),
  operation({
    id: 'renameSection',
    ...{ method: 'patch', path: `${PATH}/sections/{sectionId}`, ...menus },
    summary: 'Rename a section',
    versioned: 'changes',
    params: SectionParams,
    body: SectionBody,
    status: 200,
    output: SectionResource,
    example: { as: 'admin', params: SECTION, body: { name: 'From the grill' } },
    async run({ api, params, body, seen, idempotencyKey, edit }) {
      const { sectionId } = params;
      await edit(async (once) => {
        const { version } = await sectionOf(once, params);
        const input = { ...body, sectionId, version: seen ?? version, idempotencyKey };
        return once.restaurantDesk.renameSection(input);
      });
      const section = await sectionOf(api, params);
      return { body: section, version: section.version };
    },
  }),
  operation({
    id: 'removeSection',
    ...{ method: 'delete', path: `${PATH}/sections/{sectionId}`, ...menus },
    summary: 'Take a section and its dishes off the menu',
    versioned: 'changes',
    params: SectionParams,
    status: 204,
    example: { as: 'admin', params: SECTION },
    async run({ params, seen, idempotencyKey, edit }) {
      const { sectionId } = params;
      await edit(async (once) => {
        const { version } = await sectionOf(once, params);
        const input = { sectionId, version: seen ?? version, idempotencyKey };
        return once.restaurantDesk.removeSection(input);
      });
      return { body: null };
    },
  }),
  operation({
    id: 'addDish',
    ...{ method: 'post', path: `${PATH}/sections/{sectionId}/dishes`, ...menus },
    summary: 'Add a dish at the end of a section',
    params: SectionParams,
    body: DishBody,
    status: 201,
    output: DishResource,
    example: { as: 'admin', params: SECTION, body: { ...EXAMPLE_DISH, stock: 12 } },
    async run({ api, params, body, idempotencyKey }) {
      const { id, sectionId } = params;
      await sectionOf(api, params);
      const { stock, ...dish } = body;
      const input = { sectionId, dish, stock, idempotencyKey };
      const { itemId: dishId } = await api.restaurantDesk.addDish(input);
      const location = `/restaurants/${id}/menu/dishes/${dishId}`;
      return { ...(await readDish(api, { id, dishId })), location };
    },
  }),
  operation({
    id: 'getDish',
    ...{ method: 'get', path: `${PATH}/dishes/{dishId}`, tag: 'menus', access: 'anyone' },
    summary: 'Read a dish',
    params: DishParams,
    status: 200,
    output: DishResource,
    example: { as: 'guest', params: DISH },
    async run({ api, params }) {
      const { menu } = await api.restaurants.byId({ restaurantId: params.id });
      const dish = menu.flatMap(({ items }) => items).find(({ id }) => id === params.dishId);
      if (!dish) throw notFound('dish');
      return { body: dish, version: dish.version };
    },
  }),
  operation({
    id: 'putDish',
    ...{ method: 'put', path: `${PATH}/dishes/{dishId}`, ...menus },
    summary: 'Write what a dish is',
    detail: 'Options that keep their `id` stay in carts that hold them.',
    versioned: 'changes',
    params: DishParams,
    body: DishBody,
    status: 200,
    output: DishResource,
    example: { as: 'admin', params: DISH, body: EXAMPLE_DISH },
    async run({ api, params, body, seen, idempotencyKey, edit }) {
      const { stock: to, ...dish } = body;
      await edit(async (once) => {
        const before = await dishOf(once, params);
        return once.restaurantDesk.editDish({
          ...{ itemId: params.dishId, version: seen ?? before.version, dish, idempotencyKey },
          stock: to === before.stock ? null : { seen: before.stock, to },
        });
      });
      return readDish(api, params);
    },
  }),
  operation({
    id: 'patchDish',
    ...{ method: 'patch', path: `${PATH}/dishes/{dishId}`, ...menus },
    summary: 'Change some of what a dish is',
    detail: 'As PUT; what is left out stays.',
    versioned: 'changes',
    params: DishParams,
    body: DishPatch,
    status: 200,
    output: DishResource,
    example: { as: 'admin', params: DISH, body: { price: 1_550 } },
    async run({ api, params, body, seen, idempotencyKey, edit }) {
      const { stock: to, ...change } = body;
      await edit(async (once) => {
        const before = await dishOf(once, params);
        return once.restaurantDesk.editDish({
          ...{ itemId: params.dishId, version: seen ?? before.version, idempotencyKey },
          dish: { ...DishSchema.parse(before), ...change },
          stock: to === undefined || to === before.stock ? null : { seen: before.stock, to },
        });
      });
      return readDish(api, params);
    },
  }),
  operation({
    id: 'removeDish',
    ...{ method: 'delete', path: `${PATH}/dishes/{dishId}`, ...menus },
    summary: 'Take a dish off the menu',
    detail: 'Orders that hold it keep it.',
    versioned: 'changes',
    params: DishParams,
    status: 204,
    example: { as: 'admin', params: DISH },
    async run({ params, seen, idempotencyKey, edit }) {
      await edit(async (once) => {
        const { version } = await dishOf(once, params);
        const input = { itemId: params.dishId, version: seen ?? version, idempotencyKey };
        return once.restaurantDesk.removeDish(input);
      });
      return { body: null };
    },
  }),
  operation({
    id: 'setSoldOut',
    ...{ method: 'put', path: `${PATH}/dishes/{dishId}/sold-out`, ...menus },
    summary: 'Say that a dish is sold out, or back',
    params: DishParams,
    body: SoldOutInput.pick({ soldOut: true }),
    status: 200,
    output: DishResource,
    example: { as: 'admin', params: DISH, body: { soldOut: true } },
    async run({ api, params, body, idempotencyKey }) {
      await dishOf(api, params);
      await api.kitchen.setSoldOut({ ...body, itemId: params.dishId, idempotencyKey });
      return readDish(api, params);
    },
  }),
];
