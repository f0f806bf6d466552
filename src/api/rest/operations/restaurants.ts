import { z } from 'zod';
import { EXAMPLE_DOOR, EXAMPLE_IDS, EXAMPLE_PLACE } from '@/api/rest/examples';
import { type Api, operation, type RestCall } from '@/api/rest/operation';
import { IdParams, NearbyRestaurantResource, RestaurantResource } from '@/api/rest/resources';
import { RestaurantDetailsSchema } from '@/domain/restaurant-details';
import { PauseInput } from '@/services/change-restaurant';
import { NearbyInput } from '@/services/find-restaurants';
import { SetDeliveryAreaInput } from '@/services/set-delivery-area';
import { SetHoursInput } from '@/services/set-hours';

const NearbyQuery = NearbyInput.omit({ radiusM: true, cursor: true }).extend({
  /** Metres. */
  radius: NearbyInput.shape.radiusM,
  cursor: z.string().max(300).optional(),
});

const EXAMPLE_DETAILS = {
  name: 'Casa Amarela',
  kind: 'restaurant',
  cuisine: 'Portuguese',
  description: 'Grilled fish, and what goes with it.',
  address: 'Rua dos Bacalhoeiros 8',
  location: EXAMPLE_PLACE,
  phone: '+351210000000',
  minimumOrder: 1_000,
  deliveryFeeBase: 200,
  deliveryFeePerKm: 50,
  prepMinutes: 20,
  autoAccept: false,
  pickupOffered: true,
  slotMinutes: 15,
  slotCapacity: 0,
  taxBp: 1_300,
};

async function readRestaurant(api: Api, restaurantId: string, at?: { lat: number; lng: number }) {
  const page = await api.restaurants.byId({ restaurantId, at });
  return { body: page, version: page.restaurant.version };
}

/** The version that the caller has seen; without one, the present. */
async function seenRestaurant(api: Api, restaurantId: string, seen: number | null) {
  const { restaurant, phone } = await api.restaurantDesk.get({ restaurantId });
  return {
    restaurantId,
    version: seen ?? restaurant.version,
    details: detailsOf(restaurant, phone),
  };
}

const detailsOf = (restaurant: object, phone: string | null) =>
  RestaurantDetailsSchema.parse({ ...restaurant, phone });

type Seen = Awaited<ReturnType<typeof seenRestaurant>>;
type Edit = Pick<RestCall<{ id: string }, unknown, unknown>, 'api' | 'params' | 'seen' | 'edit'>;

/** An edit of the restaurant as it was seen, and how it is then. */
async function editRestaurant(
  { api, params, seen, edit }: Edit,
  work: (desk: Api['restaurantDesk'], known: Seen) => Promise<unknown>,
) {
  await edit(async (once) =>
    work(once.restaurantDesk, await seenRestaurant(once, params.id, seen)),
  );
  return readRestaurant(api, params.id);
}

export const restaurantOperations = [
  operation({
    id: 'findRestaurants',
    ...{ method: 'get', path: '/restaurants', tag: 'restaurants', access: 'anyone' },
    summary: 'Find places that deliver to a point',
    detail: 'Open ones first. `radius` leaves out those that are farther away, metres.',
    query: NearbyQuery,
    status: 200,
    output: z.object({
      places: z.array(NearbyRestaurantResource),
      next: z.string().nullable(),
      corrected: z.array(z.object({ typed: z.string(), read: z.array(z.string()) })),
    }),
    example: {
      as: 'guest',
      query: { lat: `${EXAMPLE_DOOR.lat}`, lng: `${EXAMPLE_DOOR.lng}`, radius: '3000' },
    },
    async run({ api, query }) {
      const { radius: radiusM, ...rest } = query;
      return { body: await api.restaurants.nearby({ ...rest, radiusM }) };
    },
  }),
  operation({
    id: 'getRestaurant',
    ...{ method: 'get', path: '/restaurants/{id}', tag: 'restaurants', access: 'anyone' },
    summary: 'Read a restaurant with its menu',
    detail: 'With a point: what it means for that door.',
    params: IdParams,
    query: z.object({
      lat: NearbyInput.shape.lat.optional(),
      lng: NearbyInput.shape.lng.optional(),
    }),
    status: 200,
    output: RestaurantResource,
    example: { as: 'guest', params: { id: EXAMPLE_IDS.restaurant } },
    async run({ api, params, query: { lat, lng } }) {
      const at = lat !== undefined && lng !== undefined ? { lat, lng } : undefined;
      return { body: (await readRestaurant(api, params.id, at)).body };
    },
  }),
  operation({
    id: 'createRestaurant',
    ...{ method: 'post', path: '/restaurants', tag: 'restaurants', access: 'menus:write' },
    summary: 'Add a restaurant',
    detail: 'For admins. It has no hours yet: nobody can order before they are set.',
    body: RestaurantDetailsSchema,
    status: 201,
    output: RestaurantResource,
    example: { as: 'admin', body: EXAMPLE_DETAILS },
    async run({ api, body: details, idempotencyKey }) {
      const { restaurantId } = await api.restaurantDesk.create({ details, idempotencyKey });
      const location = `/restaurants/${restaurantId}`;
      return { ...(await readRestaurant(api, restaurantId)), location };
    },
  }),
  operation({
    id: 'putRestaurant',
    ...{ method: 'put', path: '/restaurants/{id}', tag: 'restaurants', access: 'menus:write' },
    summary: 'Write what a restaurant is, how its kitchen works and what it charges',
    detail: 'For admins. With `If-Match`, its `version`, two editors can’t overwrite each other.',
    versioned: 'changes',
    params: IdParams,
    body: RestaurantDetailsSchema,
    status: 200,
    output: RestaurantResource,
    example: { as: 'admin', params: { id: EXAMPLE_IDS.restaurant }, body: EXAMPLE_DETAILS },
    run: ({ body: details, idempotencyKey, ...call }) =>
      editRestaurant(call, (desk, known) => desk.edit({ ...known, details, idempotencyKey })),
  }),
  operation({
    id: 'patchRestaurant',
    ...{ method: 'patch', path: '/restaurants/{id}', tag: 'restaurants', access: 'menus:write' },
    summary: 'Change some of what a restaurant is',
    detail: 'For admins. As PUT; what is left out stays.',
    versioned: 'changes',
    params: IdParams,
    body: RestaurantDetailsSchema.partial(),
    status: 200,
    output: RestaurantResource,
    example: { as: 'admin', params: { id: EXAMPLE_IDS.restaurant }, body: { prepMinutes: 25 } },
    run: ({ body, idempotencyKey, ...call }) =>
      editRestaurant(call, (desk, { details, ...known }) =>
        desk.edit({ ...known, details: { ...details, ...body }, idempotencyKey }),
      ),
  }),
  operation({
    id: 'archiveRestaurant',
    ...{ method: 'delete', path: '/restaurants/{id}', tag: 'restaurants', access: 'menus:write' },
    summary: 'Take a restaurant off the platform',
    detail: 'For admins, once it has no open orders. Its past orders and its events stay.',
    versioned: 'changes',
    params: IdParams,
    status: 204,
    example: { as: 'admin', params: { id: EXAMPLE_IDS.restaurant } },
    async run({ params, seen, idempotencyKey, edit }) {
      await edit(async (once) => {
        const { details: _, ...known } = await seenRestaurant(once, params.id, seen);
        return once.restaurantDesk.archive({ ...known, idempotencyKey });
      });
      return { body: null };
    },
  }),
  operation({
    id: 'setHours',
    ...{ method: 'put', path: '/restaurants/{id}/hours', tag: 'restaurants' },
    access: 'menus:write',
    summary: 'Set when a restaurant is open',
    detail: 'For admins. Days from 1, Monday; times are those of its own clock.',
    versioned: 'changes',
    params: IdParams,
    body: SetHoursInput.pick({ hours: true, holidays: true }),
    status: 200,
    output: RestaurantResource,
    example: {
      as: 'admin',
      params: { id: EXAMPLE_IDS.restaurant },
      body: {
        hours: [{ day: 1, opens: '11:00', closes: '23:00' }],
        holidays: { '2027-12-25': { name: 'Christmas', hours: [] } },
      },
    },
    run: ({ body, idempotencyKey, ...call }) =>
      editRestaurant(call, (desk, { details: _, ...known }) =>
        desk.setHours({ ...body, ...known, idempotencyKey }),
      ),
  }),
  operation({
    id: 'setDeliveryArea',
    ...{ method: 'put', path: '/restaurants/{id}/delivery-area', tag: 'restaurants' },
    access: 'menus:write',
    summary: 'Set where a restaurant delivers',
    detail: 'For admins: a circle, or the corners of an area in their order.',
    versioned: 'changes',
    params: IdParams,
    body: SetDeliveryAreaInput.pick({ area: true }),
    status: 200,
    output: RestaurantResource,
    example: {
      as: 'admin',
      params: { id: EXAMPLE_IDS.restaurant },
      body: { area: { kind: 'radius', radiusM: 6_000 } },
    },
    run: ({ body, idempotencyKey, ...call }) =>
      editRestaurant(call, (desk, { details: _, ...known }) =>
        desk.setDeliveryArea({ ...body, ...known, idempotencyKey }),
      ),
  }),
  operation({
    id: 'pauseRestaurant',
    ...{ method: 'put', path: '/restaurants/{id}/pause', tag: 'restaurants' },
    access: 'menus:write',
    summary: 'Close a restaurant for some minutes, or open it again with null',
    params: IdParams,
    body: PauseInput.pick({ minutes: true }),
    status: 200,
    output: z.object({ restaurantId: z.string(), pausedUntil: z.string().nullable() }),
    example: { as: 'admin', params: { id: EXAMPLE_IDS.restaurant }, body: { minutes: null } },
    async run({ api, params, body, idempotencyKey }) {
      return {
        body: await api.kitchen.pause({ ...body, restaurantId: params.id, idempotencyKey }),
      };
    },
  }),
];
